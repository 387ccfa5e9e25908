"""`python -m tests.fidelity [NAME …]`: prove real schemas, print a table, and with --write keep it as docs/fidelity.md."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fidelity import mariadb, postgresql, sqlite
from tests.fidelity.homes import Home, MariaPrograms, PostgresPrograms, SQLitePrograms
from tests.fidelity.packages import NotFetched
from tests.fidelity.page import PAGE, line, page
from tests.fidelity.real import Real
from tests.fidelity.ways import WAYS, Walk, Walked
from tests.servers import running_mariadb, running_postgres

SCHEMAS: tuple[Real, ...] = (*postgresql.SCHEMAS, *mariadb.SCHEMAS, *sqlite.SCHEMAS)


def home_of(dialect: str, stack: ExitStack) -> Home:
    """Start the server of a dialect, for as long as the stack is open."""
    if dialect == "postgresql":
        home = PostgresPrograms(stack.enter_context(running_postgres()))
        with suppress(NotFetched):
            home.add_contrib()
        return home
    if dialect == "mariadb":
        return MariaPrograms(stack.enter_context(running_mariadb()))
    return SQLitePrograms(Path(stack.enter_context(TemporaryDirectory())))


def chosen(names: list[str], dialects: list[str]) -> list[Real]:
    """Return the schemas whose name holds one of the names, of the dialects asked for."""
    return [
        real
        for real in SCHEMAS
        if (not dialects or real.dialect in dialects) and (not names or any(name in real.name for name in names))
    ]


def walk(home: Home, real: Real, ways: tuple[str, ...] = WAYS, keep: Path | None = None) -> Walked:
    """Walk one schema; where it cannot even be loaded, say so."""
    walking = Walk(home, real, keep)
    try:
        return walking.walk(ways)
    except (NotFetched, FileNotFoundError) as problem:
        walking.walked.problem = str(problem)
        return walking.walked


def main() -> int:
    """Walk the schemas asked for. Exit status 1 where something is not equal that is not known to be so."""
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="part of the names of schemas; none is all")
    parser.add_argument("--dialect", action="append", default=[], choices=("postgresql", "mariadb", "sqlite"))
    parser.add_argument("--way", action="append", default=[], choices=WAYS)
    parser.add_argument("--show", type=int, default=3, help="how many differences of a way are printed")
    parser.add_argument("--keep", type=Path, help="folder for the scripts as they came and went")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE}")
    told = parser.parse_args()
    found: list[Walked] = []
    with ExitStack() as stack:
        homes: dict[str, Home] = {}
        for real in chosen(told.names, told.dialect):
            home = homes.get(real.dialect) or homes.setdefault(real.dialect, home_of(real.dialect, stack))
            found.append(walk(home, real, tuple(told.way) or WAYS, told.keep))
            print(line(found[-1], told.show), flush=True)
    if told.write:
        PAGE.write_text(page(found))
    surprises = [each for walked in found for each in walked.surprises]
    print(f"\n{len(found)} schemas, {len({each.split(':')[0] for each in surprises})} ways not equal that should be")
    return bool(surprises)


if __name__ == "__main__":
    sys.exit(main())
