"""What a change brings in is what the findings of both sides say, and no change brings in nothing."""

from __future__ import annotations

import random
from collections import Counter

import msgspec

from designer import lint
from designer.lint.introduced import introduced
from designer.schema import Column, Design, ForeignKey, Index, IndexPart, Key, Model, Table

KINDS = ["bigint", "double precision", "timestamp", "text", "boolean"]
LOGICAL = ["bigint", "double", "timestamp", "string", "boolean"]


def some_design(chance: random.Random) -> Design:
    records = [Model(id="m", name="M", level="physical", target="postgresql")]
    for number in range(6):
        table = f"t{number}"
        records.append(
            Table(id=table, parent="m", name=chance.choice(["users", "orders", "Orders", f"table_{number}"]))
        )
        for at in range(4):
            kind = chance.randrange(5)
            name = chance.choice(["price", "created", "phone_1", "phone_2", "phone_3", "user_id", f"c{at}"])
            records.append(
                Column(id=f"{table}c{at}", parent=table, name=f"{name}", type=KINDS[kind], logical=LOGICAL[kind])
            )
        if chance.random() < 0.5:
            records.append(Key(id=f"{table}k", parent=table, primary=chance.random() < 0.7, columns=(f"{table}c0",)))
        for at in range(chance.randrange(3)):
            parts = tuple(IndexPart(column=f"{table}c{n}") for n in range(chance.randrange(1, 3)))
            records.append(Index(id=f"{table}i{at}", parent=table, name=f"i{at}", parts=parts))
        if number and chance.random() < 0.6:
            other = f"t{chance.randrange(number)}"
            key = ForeignKey(
                id=f"{table}f", parent=table, columns=(f"{table}c1",), ref_table=other, ref_columns=(f"{other}c0",)
            )
            records.append(key)
    return Design(records)


def changed(chance: random.Random, before: Design, other: Design) -> Design:
    """Take some tables of another design, drop some, and change some columns."""
    gone = [each.id for each in before.of(Table) if chance.random() < 0.2]
    kept = {each.id: each for each in before.values() if each.id not in gone and each.parent not in gone}
    kept = {key: each for key, each in kept.items() if not isinstance(each, ForeignKey) or each.ref_table not in gone}
    for each in list(kept.values()):
        if isinstance(each, Column) and chance.random() < 0.1:
            kept[each.id] = msgspec.structs.replace(each, type="double precision", logical="double", name="price")
        if isinstance(each, Index) and chance.random() < 0.3:
            del kept[each.id]
    extra = Table(id="new", parent="m", name=chance.choice(["users", "reports"]))
    return Design(
        [*kept.values(), extra, Column(id="newc", parent="new", name="created", type="timestamp", logical="timestamp")]
    )


def slowly(before: Design, after: Design) -> Counter:
    both = [Counter((each.code, each.about) for each in lint.findings(side)) for side in (after, before)]
    return both[0] - both[1]


def test_it_is_what_both_sides_say():
    chance = random.Random(3)
    met: Counter = Counter()
    for _ in range(60):
        before = some_design(chance)
        after = changed(chance, before, some_design(chance))
        for one, two in ((before, after), (after, before)):
            found = Counter((each.code, each.about) for each in introduced(one, two))
            assert found == slowly(one, two)
            met.update(code for code, _ in found)
    assert len(met) > 8, met


def test_no_change_brings_in_nothing():
    chance = random.Random(4)
    for _ in range(20):
        design = some_design(chance)
        assert introduced(design, Design(list(design.values()))) == []
