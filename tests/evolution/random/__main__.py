"""Takes random pairs of one database up and down and prints what is wrong, with all scripts for a single one.

`python -m tests.evolution.random postgresql 374` or `python -m tests.evolution.random sqlite 0 500`.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from tests.servers import running_mariadb, running_postgres

_BENCHES = {"postgresql": "postgres_bench", "mariadb": "mariadb_bench", "sqlite": "sqlite_bench"}


def main() -> int:
    """Run the seeds; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dialect", choices=list(_BENCHES))
    parser.add_argument("first", type=int)
    parser.add_argument("end", type=int, nargs="?")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.end or asked.first + 1)
    bench = import_module(f"tests.evolution.random.{_BENCHES[asked.dialect]}")
    if asked.dialect == "sqlite":
        pairs = bench.run(seeds)
    else:
        with (running_postgres if asked.dialect == "postgresql" else running_mariadb)() as server:
            pairs = bench.run(server, seeds)
    for pair in pairs:
        if pair.refused:
            print(f"{pair.seed}: the server refuses the new schema: {pair.refused.splitlines()[0]} {pair.editor.told}")
        elif pair.faults:
            print(
                pair.told()
                if len(seeds) == 1
                else f"{pair.seed}: {pair.editor.told}\n  " + "\n  ".join(pair.faults[:4])
            )
    print(f"{len(pairs)} pairs, {sum(bool(each.refused) for each in pairs)} not taken by the server,"
          f" {sum(bool(each.faults) for each in pairs)} with faults")  # fmt: skip
    return int(any(each.faults for each in pairs))


if __name__ == "__main__":
    sys.exit(main())
