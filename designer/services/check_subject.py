"""What the checks look at: the target as it is, the target as the merge would leave it, and what lies between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from designer.change import Change, diff
from designer.change.merge import Side
from designer.commands.names import called
from designer.evolution import Migration, MigrationProblem, migrate
from designer.evolution.align import aligned
from designer.lint import Finding
from designer.lint.introduced import introduced, touched_tables
from designer.models import Branch
from designer.schema import Design, Entity, Id, Model, Relationship, Table, models
from designer.services import branching
from designer.services.branches import sentence
from designer.services.cache import Versions
from designer.services.states import design_at


@dataclass(frozen=True, slots=True)
class Way:
    """The migration of one physical model, or the sentence that says why there is none."""

    model: Id
    name: str
    migration: Migration | None
    problem: str = ""


class Subject:
    """A merge that nobody has made yet, as the checks look at it. Each part is worked out when it is asked for."""

    def __init__(self, before: Design, after: Design, conflicts: int = 0):
        self.before = before
        self.after = after
        self.conflicts = conflicts

    @cached_property
    def change(self) -> Change:
        """What the merge does to the target."""
        return diff(self.before, self.after)

    @cached_property
    def fresh(self) -> list[Finding]:
        """The findings that the merge brings in."""
        return introduced(self.before, self.after)

    @cached_property
    def tables(self) -> frozenset[Id]:
        """The tables that the merge adds, removes or alters."""
        return touched_tables(self.change, self.before, self.after)

    @cached_property
    def owners(self) -> frozenset[Id]:
        """The tables and entities of the outcome whose normal form may be another one."""
        found = {each for each in self.tables if isinstance(self.after.get(each), Table)}
        return frozenset(found | set(self._entities()))

    def _entities(self) -> Iterator[Id]:
        for each in self.change.touched():
            at = self.after.get(each) or self.before.get(each)
            if isinstance(at, Relationship):
                yield from (end.entity for end in at.ends if isinstance(self.after.get(end.entity), Entity))
            while at is not None and not isinstance(at, Entity):
                at = self.after.get(at.parent or "")
            if at is not None and at.id in self.after:
                yield at.id

    @cached_property
    def table_names(self) -> tuple[str, ...]:
        """The names of the tables that the merge is about, before it and after it."""
        sides = ((side, each) for each in self.tables for side in (self.before, self.after))
        found = {name for side, each in sides if each in side for name in _names(side, side[each])}
        return tuple(sorted(found))

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The migrations of the physical models that differ."""
        known = {each.id: each for side in (self.before, self.after) for each in models(side)}
        touched = {found.id for each in self.change.touched() if (found := self._model(each)) is not None}
        return tuple(self._way(each) for each in known.values() if each.level == "physical" and each.id in touched)

    def _model(self, record: Id) -> Model | None:
        side = self.after if record in self.after else self.before
        return side.model_of(side[record])

    def _way(self, model: Model) -> Way:
        name = model.name or "the physical model"
        before, after = (side if model.id in side else side.changed((), [model]) for side in (self.before, self.after))
        try:
            pair = aligned(before, after, models=(model.id, model.id))
            return Way(model.id, name, migrate(pair.old, pair.new, models=pair.models))
        except MigrationProblem as problem:
            return Way(model.id, name, None, sentence(str(problem)))


def _names(design: Design, table: object) -> set[str]:
    return {table.name, called(design, table)} if isinstance(table, Table) else set()


_NOTHING_DECIDED: Mapping[str, Side] = {}
_KNOWN: Versions[Subject] = Versions(limit=8)


def subject_of(branch: Branch, target: Branch, choices: Mapping[str, Side] = _NOTHING_DECIDED) -> Subject:
    """Return what the checks of a branch look at, beside its target as it is now.

    What both sides have changed is as `choices` say, and else as the target has it: undecided, it brings nothing in.
    """
    base = (branch.merged_up_to, branch.updated_to, branch.merged_last)
    key = repr((branch.public_id, target.public_id, target.head, base, sorted(choices.items())))
    known = _KNOWN.get(key, branch.head)
    if known is None and branching.base(branch) is design_at(target, target.head):  # the target stands still
        known = Subject(design_at(target, target.head), design_at(branch, branch.head))
        _KNOWN.put(key, branch.head, known)
    if known is None:
        union = branching.union_up(branch)
        known = Subject(union.before, branching.foreseen(union, choices), len(branching.asked(union.conflicts)))
        _KNOWN.put(key, branch.head, known)
    return known
