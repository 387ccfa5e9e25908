"""Writes docs/conformance.md: which constructs come back equal, by dialect. Run `python -m tests.conformance.page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from designer.dialects import registry
from tests.conformance.cases import DIALECTS, Case, Differs, Skip, cases_of
from tests.conformance.constructs import CONSTRUCTS

PLACE = Path(__file__).parents[2] / "docs" / "conformance.md"
_HEAD = """# What comes back equal

Each line of this table is a construct that a database can be made of. For each the tests create it on a real server,
import it once from its SQL and once from the server's catalogs, export it, create that in an empty database, and read
both databases by a program that shares nothing with Wholekey's own importers. **equal** says that nothing differed, both
ways; **–** that the database has no such construct, and below the table stands why; **differs** that something does not
come back, with what it is.

The servers are PostgreSQL 18, MariaDB 10.11 and SQLite 3. `tests/conformance` has the SQL of every cell. This page
is written by `python -m tests.conformance.page`.
"""


def written() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *_table(), *_reasons()]) + "\n"


def _table() -> Iterator[str]:
    titles = [registry.get(each).title for each in DIALECTS]
    yield f"| construct | {' | '.join(titles)} |"
    yield "|---|" + "---|" * len(DIALECTS)
    answers = [cases_of(each) for each in DIALECTS]
    for name in CONSTRUCTS:
        cells = (_cell(each.get(name)) for each in answers)
        yield f"| {_words(name)} | {' | '.join(cells)} |"


def _cell(case: Case | None) -> str:
    if case is None:
        return "not tried"
    return {Skip: "–", Differs: "differs"}.get(type(case), "equal")


def _reasons() -> Iterator[str]:
    for dialect in DIALECTS:
        found = [(name, case) for name, case in sorted(cases_of(dialect).items()) if not isinstance(case, str)]
        if found:
            yield from ("", f"## {registry.get(dialect).title}: what is not there, and what differs", "")
        for name, case in found:
            yield f"- {_words(name)}: {case.why if isinstance(case, Differs) else case.reason}"


def _words(name: str) -> str:
    return name.replace("_", " ")


if __name__ == "__main__":
    PLACE.write_text(written())
