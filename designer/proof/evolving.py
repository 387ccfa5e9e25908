"""The proof of a migration: the old schema with rows on a scratch database, up, and down again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from designer.compare import Comparison, Difference, compared
from designer.evolution import Migration, MigrationProblem, Options, Step, migrate
from designer.evolution.align import Aligned
from designer.importers.contract import Progress, no_progress
from designer.proof.contract import Limits, Piece, ProofProblem, Refusal, Scratch
from designer.proof.evolving_contract import EvolutionProof, Stage
from designer.proof.evolving_fill import fill
from designer.proof.evolving_rows import Rows
from designer.proof.excuses import without_excused, without_left_out
from designer.proof.postgres import needs
from designer.proof.proving import MOST_STATEMENTS, exported
from designer.proof.scratches import scratch_for
from designer.proof.script import Script
from designer.schema import Design, Extension, Id, Statement
from exporters.contract import Export


def prove_migration(
    pair: Aligned,
    *,
    dialect: str,
    dsn: str = "",
    options: Options | None = None,
    limits: Limits | None = None,
    progress: Progress = no_progress,
) -> EvolutionProof:
    """Put the old schema of a pair with sample rows on a scratch database, take it up and down, and compare each time.

    With `dsn` the scratch database is made on that server. The strategy is the simple one where none is chosen. Raises
    ProofProblem where nothing can be proven.
    """
    way = _Way.of(pair, dialect, options or Options(values=pair.values))
    progress(0.1, f"Starting a scratch server for {way.count:,} statements")
    with scratch_for(dialect, dsn, limits or Limits()) as scratch:
        return _Proving(way, scratch, progress).run()


@dataclass(frozen=True, slots=True)
class _Way:
    """All that is run: the DDL of the old side, and the two migrations."""

    old: Design
    new: Design
    models: tuple[Id, Id]
    dialect: str
    exports: tuple[Export, Export]
    start: list[Piece]
    up: Migration
    down: Migration

    @classmethod
    def of(cls, pair: Aligned, dialect: str, options: Options) -> _Way:
        old, new, models = pair.old, pair.new, pair.models
        exports = exported(old, dialect, models[0]), exported(new, dialect, models[1])
        start = list(Script(old, dialect, models[0]).pieces(exports[0].text))
        try:
            back = {enum: {new: old for old, new in values.items()} for enum, values in options.values.items()}
            up = migrate(old, new, dialect, models=models, options=options)
            down = migrate(new, old, dialect, models=models[::-1], options=replace(options, values=back))
        except MigrationProblem as problem:
            raise ProofProblem(str(problem)) from None
        way = cls(old, new, models, dialect, exports, start, up, down)
        if way.count > MOST_STATEMENTS:
            raise ProofProblem(f"there are {way.count:,} statements; more than {MOST_STATEMENTS:,} are not proven")
        return way

    @property
    def count(self) -> int:
        return len(self.start) + len(self.up.steps) + len(self.down.steps)


class _Proving:
    """One proof on a scratch database that is there."""

    def __init__(self, way: _Way, scratch: Scratch, progress: Progress):
        self.way, self.scratch, self.progress = way, scratch, progress
        self.rows = Rows(way.old, way.new, way.models, way.dialect)
        self.refusals: list[Refusal] = []
        self.reordered: set[str] = set()

    def run(self) -> EvolutionProof:
        way, scratch = self.way, self.scratch
        self.progress(0.2, f"Making the old schema on {scratch.server}")
        start = self.stage("the old schema", way.start, self._all_needs(), old=True)
        put_in = self._fill()
        before = self.rows.read(scratch, old=True)
        self.progress(0.4, f"Running {len(way.up.steps):,} statements up")
        up = self.stage("the way up", _pieces(way.up.steps), way.new, old=False)
        there = self.rows.read(scratch, old=False)
        self.progress(0.7, f"Running {len(way.down.steps):,} statements down")
        down = self.stage("the way down", _pieces(way.down.steps), way.old, old=True)
        kept = self.rows.kept(before, there, self.rows.read(scratch, old=True))
        notes = list(dict.fromkeys(each.message for each in (*way.up.remarks, *way.down.remarks)))
        notes += [
            f"the columns of {each} stand in another order: new ones come last" for each in sorted(self.reordered)
        ]
        return EvolutionProof(way.dialect, scratch.server, start, up, down, kept, put_in, self.rows.lost(), notes)

    def stage(self, name: str, pieces: Sequence[Piece], design: Design, *, old: bool) -> Stage:
        """Run statements, read the catalogs back, and compare them with one side."""
        applied = self.scratch.apply(pieces, design)
        read = self.scratch.read()
        meant, export, model = self._side(old=old)
        held = without_left_out(meant, export, self.way.dialect)
        comparison = compared(held, read, dialect=self.way.dialect, models=(model, None))
        self.refusals += applied.refusals
        comparison = self._fair(without_excused(comparison, self.refusals, meant))
        refused, unproven = ([each for each in applied.refusals if bool(each.unproven) is so] for so in (False, True))
        return Stage(name, applied.count, comparison, refused, unproven)

    def _side(self, *, old: bool) -> tuple[Design, Export, Id]:
        at = 0 if old else 1
        return (self.way.old, self.way.new)[at], self.way.exports[at], self.way.models[at]

    def _all_needs(self) -> Design:
        """Return the old design with the extensions and roles of the new one, made before all else."""
        more = [each for each in self.way.new.records() if isinstance(each, (Extension, Statement))]
        return self.way.old.changed((), [each for each in more if each.id not in self.way.old])

    def _fill(self) -> int:
        """Put sample rows in, and return how many."""
        self.progress(0.3, "Putting sample rows in")
        return fill(self.scratch, self.way.old, self.way.new, self.way.models[0], self.way.dialect)

    def _fair(self, comparison: Comparison) -> Comparison:
        """Leave out what no migration can reach: what was made ahead is there all the time, and columns come last."""
        if self.way.dialect != "postgresql":
            return comparison
        ahead = {**needs.extensions(self.way.old), **needs.extensions(self.way.new)}
        made = {"extension": set(ahead), "schema": set(ahead.values())}
        there = [each for each in comparison.differences if each.field or each.path not in made.get(each.kind, ())]
        fair = [each for each in there if not _is_order(each)]
        self.reordered |= {each.path for each in there if _is_order(each)}
        return replace(comparison, differences=fair)


def _is_order(each: Difference) -> bool:
    """Say whether a table only has its columns in another order: a new one always comes behind the others."""
    if each.kind != "table" or each.field != "columns":
        return False
    return sorted((each.left or "").split(", ")) == sorted((each.right or "").split(", "))


def _pieces(steps: Sequence[Step]) -> list[Piece]:
    return [Piece(step.sql, number, step.about) for number, step in enumerate(steps, 1)]
