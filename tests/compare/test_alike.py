"""Leaving out what both sides have finds the same as reading everything, and does not read it."""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec
import pytest

from designer.compare import Comparison, alike, compared, comparing
from designer.schema import Column, Design, Index, Named, Statement, Table
from designer.schema.kinds import RELATIONAL
from designer.schema.references import without
from tests.compare.designs import design
from tests.compare.test_mutations import BASE, CHANGES

SCRIPT = f"""{BASE}
CREATE TABLE heir (own integer) INHERITS (parts_2);
GRANT SELECT ON ALL TABLES IN SCHEMA s TO bob; REVOKE SELECT ON s.orders FROM bob;
CREATE RULE quiet AS ON DELETE TO users DO INSTEAD NOTHING;
""".replace(" (parts_2)", " (users)")


def both_ways(one: Design, two: Design, monkeypatch: pytest.MonkeyPatch) -> tuple[Comparison, Comparison]:
    """Return what is found by reading what has changed, and by reading everything."""
    with monkeypatch.context() as patched:
        patched.setattr(alike, "_MOST", 10.0)
        found = compared(one, two, dialect="postgresql")
        found.equal  # noqa: B018 (counts the rest while the patch holds)
    with monkeypatch.context() as patched:
        patched.setattr(comparing, "touched", lambda left, right: None)
        return found, compared(one, two, dialect="postgresql")


def agree(one: Design, two: Design, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    fast, slow = both_ways(one, two, monkeypatch)
    assert sorted(map(repr, fast.differences)) == sorted(map(repr, slow.differences))
    assert fast.equal == slow.equal
    return fast


@pytest.mark.parametrize("what", CHANGES)
def test_scripts_without_common_ids(what, monkeypatch):
    agree(design(SCRIPT), design(SCRIPT.replace(what, CHANGES[what][0], 1)), monkeypatch)


def rename(each: Named, chance: random.Random) -> Named:
    return msgspec.structs.replace(each, name=f"{each.name}_{chance.randrange(3)}")


def comment(each: Named, chance: random.Random) -> Named:
    return msgspec.structs.replace(each, comment=str(chance.random()))


EDITS: tuple[Callable[[Named, random.Random], Named], ...] = (rename, comment)


def edited(before: Design, chance: random.Random) -> Design:
    """Return a design after one edit of a random record: renamed, commented, removed or doubled."""
    records = [each for each in before.records() if type(each) in RELATIONAL and isinstance(each, Named) and each.name]
    target = chance.choice(sorted(records, key=lambda each: each.id))
    way = chance.randrange(4)
    if way < 2:
        return before.changed((), [EDITS[way](target, chance)])
    if way == 2:
        return before.changed((), [msgspec.structs.replace(target, id=f"new{chance.randrange(99)}", name="another")])
    gone = {target.id, *below(before, target.id)}
    rest = {each.id: without(each, gone) for each in before.records() if each.id not in gone}
    return Design({key: each for key, each in rest.items() if each is not None})


def below(within: Design, parent: str) -> set[str]:
    found = set(within.children(parent))
    return found.union(*(below(within, each) for each in found))


@pytest.mark.parametrize("seed", range(40))
def test_states_of_one_design(seed, monkeypatch):
    chance = random.Random(seed)
    before = after = design(SCRIPT)
    for _ in range(chance.randint(1, 4)):
        after = edited(after, chance)
    agree(before, after, monkeypatch)
    agree(after, before, monkeypatch)


def test_statements_are_read_together(monkeypatch):
    revoked = design(SCRIPT.replace("REVOKE SELECT ON s.orders FROM bob", ""))
    assert [each.about for each in agree(design(SCRIPT), revoked, monkeypatch).real] == [
        "grant of select on table s.orders to bob"
    ]
    another = design(SCRIPT.replace("GRANT SELECT ON ALL", "CREATE TABLE s.late (a int); GRANT SELECT ON ALL"))
    found = agree(design(SCRIPT), another, monkeypatch)
    assert "grant of select on table s.late to bob" in {each.about for each in found.real}


MANY = "".join(
    f"CREATE TABLE t{at} (id serial PRIMARY KEY, a text CHECK (a <> 'x'), b int REFERENCES t0); CREATE INDEX ON t{at} (lower(a));"
    for at in range(40)
)


def test_only_what_has_changed_is_read(monkeypatch):
    before = design(MANY)
    (column,) = [each for each in before.of(Column) if each.name == "a" and before[each.parent].name == "t7"]
    after = before.changed((), [msgspec.structs.replace(column, type="varchar(9)")])
    found = both_ways(before, after, monkeypatch)[0]
    assert [each.about for each in found.differences] == ["column public.t7.a"]
    read: list[object] = []
    init = comparing.Things._things
    monkeypatch.setattr(comparing.Things, "_things", lambda self, record: read.append(record) or init(self, record))
    assert len(compared(before, after, dialect="postgresql").differences) == 1
    assert {before[each.parent].name for each in read if isinstance(each, Column | Index)} == {"t7"}
    read.clear()
    assert compared(before, design(MANY), dialect="postgresql").differences == []
    assert compared(before, design(MANY + "CREATE TABLE more (a int);"), dialect="postgresql").real
    assert {each.name for each in read if isinstance(each, Table)} == {"more"}
    assert not [each for each in read if isinstance(each, Statement)]
