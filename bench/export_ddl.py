"""CPU time of exporting DDL, for growing designs: python bench/export_ddl.py [dialect] [tables ...]."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.tables import markdown
from designer.schema import (
    Column,
    Design,
    Expr,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Model,
    Record,
    Schema,
    Table,
    seeded_ids,
)
from designer.schema.order import sequence
from exporters.contract import Options
from exporters.registry import get

TYPES = ["bigint", "integer", "text", "varchar(255)", "timestamptz", "boolean", "numeric(10,2)", "date", "uuid"]
COLUMNS = 10
FOREIGN_KEYS = 1.5
RUNS = 3


def make_design(tables: int, seed: int = 7) -> Design:
    """Return a design of `tables` tables with ten columns, one key, 1.5 foreign keys and one index each."""
    chance = random.Random(seed)
    fresh = seeded_ids(f"bench {tables} {seed}")
    model = Model(id=fresh(), name="bench", target="postgresql")
    schema = Schema(id=fresh(), parent=model.id, order="V", name="public")
    records: list[Record] = [model, schema]
    keys: list[tuple[Table, Column]] = []
    for number, place in enumerate(sequence(tables)):
        table = Table(
            id=fresh(), parent=schema.id, order=place, name=f"table_{number}", comment=f"Table number {number}"
        )
        columns = _columns(table, fresh, chance)
        records += [table, *columns]
        records.append(Key(id=fresh(), parent=table.id, order="V", primary=True, columns=(columns[0].id,)))
        part = IndexPart(column=columns[3].id)
        records.append(Index(id=fresh(), parent=table.id, order="V", name=f"table_{number}_idx", parts=(part,)))
        keys.append((table, columns[0]))
        for at in range(1, 3 if number % 2 else 2):
            target, column = chance.choice(keys)
            records.append(
                ForeignKey(id=fresh(), parent=table.id, order=f"{at}V", name=f"table_{number}_fk{at}",
                           columns=(columns[at].id,), ref_table=target.id, ref_columns=(column.id,),
                           on_delete="cascade")
            )  # fmt: skip
    return Design(records)


def _columns(table: Table, fresh, chance: random.Random) -> list[Column]:  # type: ignore[no-untyped-def]
    made = [Column(id=fresh(), parent=table.id, order="1", name="id", type="bigint", nullable=False, identity="always")]
    for number, place in enumerate(sequence(COLUMNS - 1)):
        kind = "bigint" if number < 2 else chance.choice(TYPES)
        default = Expr("now()") if kind == "timestamptz" else None
        made.append(
            Column(id=fresh(), parent=table.id, order="2" + place, name=f"column_{number}", type=kind, default=default,
                   nullable=bool(number % 3))
        )  # fmt: skip
    return made


def main() -> None:
    """Print the table, for the dialect and sizes given or the usual ones."""
    dialect = sys.argv[1] if len(sys.argv) > 1 else "postgresql"
    sizes = [int(each) for each in sys.argv[2:]] or [100, 1000, 3000]
    rows: list[list[object]] = []
    for tables in sizes:
        best, size = 1e9, 0
        for _ in range(RUNS):
            design = make_design(tables)
            start = time.process_time()
            size = len(get("ddl").export(design, Options(dialect=dialect)).text)
            best = min(best, time.process_time() - start)
        rows.append([tables, size, best, best / tables * 1000])
    print(markdown(["tables", "bytes", f"CPU s (best of {RUNS})", "ms a table"], rows))


if __name__ == "__main__":
    main()
