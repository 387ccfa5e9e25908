"""`python -m tests.evolution.pairs [NAME …]`: migrate real schemas from version to version; --write keeps docs/evolution-pairs.md."""

from __future__ import annotations

import argparse
import sys
import traceback
from contextlib import ExitStack
from pathlib import Path

from tests.evolution.pairs.page import PAGE, line, page
from tests.evolution.pairs.versions import PAIRS, Pair, from_nothing
from tests.evolution.pairs.walking import WAYS, Walk, Walked
from tests.fidelity.__main__ import home_of
from tests.fidelity.homes import Home
from tests.fidelity.packages import NotFetched


def chosen(names: list[str], dialects: list[str], pairs: tuple[Pair, ...] = PAIRS) -> list[Pair]:
    """Return the pairs whose name holds one of the names, of the dialects asked for."""
    return [
        pair
        for pair in pairs
        if (not dialects or pair.dialect in dialects) and (not names or any(name in pair.name for name in names))
    ]


def walk(
    home: Home, pair: Pair, ways: tuple[str, ...] = WAYS, keep: Path | None = None, *, rows: bool = False
) -> Walked:
    """Walk one pair; where it cannot be had, say so."""
    try:
        return Walk(home, pair, keep, rows=rows).walk(ways)
    except (NotFetched, FileNotFoundError) as problem:
        return Walked(pair, problem=str(problem))


def main() -> int:
    """Walk the pairs asked for. Exit status 1 where one does not end where it should."""
    parser = argparse.ArgumentParser(prog="python -m tests.evolution.pairs", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="part of the names of pairs; none is all")
    parser.add_argument("--dialect", action="append", default=[], choices=("postgresql", "mariadb", "sqlite"))
    parser.add_argument("--way", action="append", default=[], choices=WAYS)
    parser.add_argument("--show", type=int, default=3, help="how many faults of a way are printed")
    parser.add_argument("--keep", type=Path, help="folder for the scripts")
    parser.add_argument(
        "--nothing", action="store_true", help="from an empty database to each schema of tests/fidelity"
    )
    parser.add_argument("--rows", action="store_true", help="with rows in the tables")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE}")
    told = parser.parse_args()
    found: list[Walked] = []
    with ExitStack() as stack:
        homes: dict[str, Home] = {}
        for pair in chosen(told.names, told.dialect, from_nothing() if told.nothing else PAIRS):
            if pair.dialect not in homes:
                homes[pair.dialect] = home_of(pair.dialect, stack)
            try:
                found.append(walk(homes[pair.dialect], pair, tuple(told.way) or WAYS, told.keep, rows=told.rows))
            except Exception:
                traceback.print_exc()
                continue
            print(line(found[-1], told.show), flush=True)
    if told.write:
        PAGE.write_text(page(found))
    bad = [each for each in found if not all(way.holds for way in each.ways.values())]
    print(f"\n{len(found)} pairs, {len(bad)} not equal")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
