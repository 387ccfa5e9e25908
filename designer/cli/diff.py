"""Write the migration from one state of a schema to another: files, designs and live databases, in any combination."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace

from designer.cli import live
from designer.cli.diff_notes import tell_candidates, tell_hazards, tell_remarks
from designer.cli.diff_rows import row_counts
from designer.cli.diff_sides import Sides, read_sides
from designer.cli.live import SOURCE_HELP
from designer.cli.output import write_result
from designer.cli.problems import Problem
from designer.cli.terminal import answered
from designer.evolution import Migration, MigrationProblem, Options, migrate
from designer.evolution.align import Aligned, aligned
from designer.evolution.contract import Rename
from designer.evolution.formats.contract import FormatProblem, Meta
from designer.evolution.formats.registry import FORMATS, get
from designer.evolution.migrating import MOVERS
from designer.evolution.renames_asked import asked

HELP = "write the migration from one schema to another, and the way back"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("old", metavar="OLD", help=SOURCE_HELP)
    parser.add_argument("new", metavar="NEW", help="what it shall become: any of the same")
    parser.add_argument("--dialect", choices=list(MOVERS), help="the database; the sources say it otherwise")
    parser.add_argument("--to", default="sql", metavar="FORMAT", help=f"one of: {', '.join(FORMATS)}; sql without it")
    parser.add_argument("--down", action="store_true", help="write the way back, from NEW to OLD")
    parser.add_argument("--exit-code", action="store_true", help="exit 1 where there are differences")
    parser.add_argument("-o", "--output", metavar="FILE|DIR", help="where to write; standard output without it")
    parser.add_argument("--strategy", default="simple", choices=["simple", "online"],
                        help="online: in steps that let others read and write meanwhile")  # fmt: skip
    parser.add_argument("--rename", action="append", default=[], metavar="OLD=NEW",
                        help="one object under two names: users.mail=email, users=app.people; repeatable")  # fmt: skip
    parser.add_argument("--interactive", action="store_true", help="ask about what may have been renamed")
    parser.add_argument("--rows", action="append", default=[], metavar="TABLE=N",
                        help="rows of a table, such as users=40M; a live OLD tells of the others")  # fmt: skip
    parser.add_argument(
        "--title", default="change schema", metavar="TEXT", help="what it is, for the names of files and their heads"
    )
    parser.add_argument("--model", metavar="NAME", help="the model, where a design has several")
    live.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compare and write. Notes and hazards go to standard error; 1 with --exit-code where there are differences."""
    sides = read_sides(options)
    try:
        there = _Asking(options, sides).aligned()
        chosen = Options(options.strategy, row_counts(options, there, sides.dialect), values=there.values)
        up, down = both_ways(there, sides.dialect, chosen)
        ways = (down, up) if options.down else (up, down)
        files = _written(options, up, down)
    except (MigrationProblem, FormatProblem) as problem:
        raise Problem(str(problem)) from None
    if files:
        write_result(files if _is_folder(options.output) else dict([next(iter(files.items()))]), options.output)
    tell_candidates(there)
    tell_remarks((*there.unsure, *ways[0].remarks))
    tell_hazards(ways[0])
    return 1 if options.exit_code and ways[0] else 0


def _written(options: argparse.Namespace, up: Migration, down: Migration) -> dict[str, str | bytes]:
    """Return the files, the way that was asked for first. Plain SQL of the way back says what does not come back."""
    ways = (down, up) if options.down and options.to != "sql" else (up, down)
    files = get(options.to).files(*ways, Meta(options.title))
    turned = options.down and options.to == "sql"
    return dict(reversed(files.items())) if turned else files


def both_ways(there: Aligned, dialect: str, options: Options) -> tuple[Migration, Migration]:
    """Return the way up and the way down."""
    models = there.models
    up = migrate(there.old, there.new, dialect, models=models, options=options)
    back = {enum: {new: old for old, new in values.items()} for enum, values in there.values.items()}
    down = migrate(there.new, there.old, dialect, models=models[::-1], options=replace(options, values=back))
    return up, down


def _is_folder(output: str | None) -> bool:
    return output is not None and output != "-" and not _has_ending(output)


def _has_ending(output: str) -> bool:
    return "." in output.rstrip("/").rpartition("/")[2] and not output.endswith("/")


@dataclass
class _Asking:
    """Aligns the two sides, once more for each round of answers."""

    options: argparse.Namespace
    sides: Sides

    def aligned(self) -> Aligned:
        """Return the two sides with one set of ids, renames as asked for or answered."""
        sides = self.sides
        answers = asked(self.options.rename, sides.old, sides.new, sides.dialect, sides.models)
        refused: set[tuple[str, str]] = set()
        while True:
            there = self._with(answers)
            there.candidates = [each for each in there.candidates if (each.old, each.new) not in refused]
            if not self.options.interactive or not there.candidates:
                return there
            accepted, stop = answered(there.candidates)
            refused |= {(each.old, each.new) for each in there.candidates if each not in accepted}
            answers += accepted
            if stop or not accepted:
                return self._with(answers) if accepted else there

    def _with(self, answers: list[Rename]) -> Aligned:
        sides = self.sides
        return aligned(
            sides.old, sides.new, sides.dialect, models=sides.models, renames=answers, printed=sides.printed,
            owners=self.options.owners,
        )  # fmt: skip
