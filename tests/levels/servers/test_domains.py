"""Domains, lists of values and composites in every way to keep them: what servers then hold, and what they refuse."""

from __future__ import annotations

from itertools import product

import pytest

from designer.schema import Attribute, Design, Domain, Entity, Identifier, Model, Record
from tests.levels.servers.bench import REFUSED, Home, derived, tried
from tests.levels.servers.conftest import HOMES
from tests.nasty import CORPUS

VALUES = ("new", "in stock", "it's", "sold \\ out", "Ünï", "日本")
DOMAINS = (
    Domain(id="state", parent="m", name="Item state", type="string(10)", values=VALUES, order="a"),
    Domain(id="grade", parent="m", name="Grade", type="integer", values=("1", "2", "3"), order="b"),
    Domain(id="rate", parent="m", name="Rate", type="decimal(5,2)", rule="0 to 100", order="c"),
    Domain(id="code", parent="m", name="Code", type="char(3)", rule="matches ^[A-Z]{3}$", order="d"),
    Domain(id="odd", parent="m", name="Odd'; DROP TABLE items; --", type="string(20)", rule="'); DROP TABLE items; --", order="e"),
    Domain(id="text", parent="m", name="Text", type="string(30)", rule="at least 2 characters", order="f"),
    Domain(id="date", parent="m", name="Date", type="date", rule=">= 2000-01-01", order="g"),
)  # fmt: skip


def attribute(name: str, kind: str, parent: str = "item", order: str = "V", **more: object) -> Attribute:
    is_domain = kind in {each.id for each in DOMAINS}
    return Attribute(
        id=f"{parent}.{name}", parent=parent, name=name, order=order, type="" if is_domain else kind,
        domain=kind if is_domain else None, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def items() -> Design:
    """Return an entity with an attribute of every kind."""
    kinds = ("state", "grade", "rate", "code", "odd", "text", "date")
    records: list[Record] = [
        Model(id="m", name="Items", level="conceptual"),
        Entity(id="item", parent="m", name="Item"),
        *DOMAINS,
    ]
    records += [attribute("no", "integer", order="1")]
    records += [
        attribute(f"its {kind}", kind, order=f"{at + 2}", optional=kind == "odd") for at, kind in enumerate(kinds)
    ]
    records += [
        attribute("inline", "enum('a','b')", order="A"),
        attribute("size", "", order="B", optional=True),
        attribute("width", "rate", "item.size"), attribute("unit", "state", "item.size", order="W"),
        attribute("tags", "string(9)", order="C", multivalued=True, optional=True),
        Identifier(id="key", parent="item", primary=True, attributes=("item.no",)),
    ]  # fmt: skip
    return Design(records)


GOOD = "1, 'it''s', 2, 12.5, 'ABC', NULL, 'abc', '2020-01-01', 'a'"
COLUMNS = "no, its_state, its_grade, its_rate, its_code, its_odd, its_text, its_date, inline"
WAYS = [
    {"enums": enums, "domains": domains, "composites": composites, "multivalued": several, "keys": "natural"}
    for (enums, domains), (composites, several) in zip(
        product(("check", "type", "lookup"), ("check", "domain")),
        [("flatten", "child"), ("type", "array"), ("json", "array")] * 2,
        strict=True,
    )
]
WRONG = {
    "its_state": "'sold'",
    "its_grade": "4",
    "its_rate": "101",
    "its_code": "'AB1'",
    "its_text": "'a'",
    "its_date": "'1999-12-31'",
    "inline": "'c'",
}


@pytest.mark.parametrize("dialect", list(HOMES), indirect=True)
def test_values_are_held_and_others_refused(dialect: str, home: Home) -> None:
    for way in WAYS:
        case = derived(items(), dialect, way)
        outcome = tried(case, home)
        assert (outcome.refused, outcome.differs) == ("", []), (way, case.script)
        home.run(f"INSERT INTO items ({COLUMNS}) VALUES ({GOOD});")
        for column, value in WRONG.items():
            with pytest.raises(REFUSED):
                home.run(f"UPDATE items SET {column} = {value};")


@pytest.mark.parametrize("dialect", list(HOMES), indirect=True)
def test_lists_of_nasty_values(dialect: str, home: Home) -> None:
    values = tuple(dict.fromkeys(each.name for each in CORPUS if each.name.strip()))
    domain = Domain(id="nasty", parent="m", name="Nasty", values=values, type="string")
    records: list[Record] = [
        Model(id="m", name="Items", level="conceptual"), Entity(id="item", parent="m", name="Item"), domain,
        Attribute(id="a", parent="item", name="a", domain="nasty"),
    ]  # fmt: skip
    for enums in ("check", "type", "lookup"):
        outcome = tried(derived(Design(records), dialect, {"enums": enums}), home)
        assert (outcome.refused, outcome.differs) == ("", []), enums


@pytest.mark.parametrize("dialect", ["mysql", "mariadb"], indirect=True)
def test_rows_that_are_too_wide_keep_texts_outside(dialect: str, home: Home) -> None:
    wide = [attribute(f"text {number}", "string(255)", order=f"{number:02}V") for number in range(90)]
    key = Identifier(id="key", parent="item", primary=True, attributes=(wide[0].id, wide[1].id))
    records: list[Record] = [
        Model(id="m", name="Items", level="conceptual"),
        Entity(id="item", parent="m", name="Item"),
        *wide,
        key,
    ]
    case = derived(Design(records), dialect, {"keys": "natural"})
    assert (outcome := tried(case, home)) and (outcome.refused, outcome.differs) == ("", [])
    assert "text_0 varchar(255)" in case.script
    assert case.script.count("longtext") == 27
