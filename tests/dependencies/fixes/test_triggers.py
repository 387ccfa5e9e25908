"""The triggers that check a dependency which two tables share: good rows pass, bad ones are refused, on real servers."""

from __future__ import annotations

import pytest

from designer.change import apply
from designer.commands import Refused
from designer.dependencies import fixes, stating
from designer.dependencies.choices import Card, choices
from designer.dependencies.triggers import checking
from designer.dialects.registry import get
from designer.schema import Design, seeded_ids
from exporters.contract import Options
from exporters.registry import get as exporter
from tests.dependencies.fixes.bench import Bench
from tests.dependencies.fixes.models import columns_of, design_of, table_of

ADDRESSES = (
    "CREATE TABLE addr (street varchar(20) NOT NULL, city varchar(20) NOT NULL, zip varchar(9) NOT NULL,"
    " PRIMARY KEY (street, city));"
)
NASTY = (
    'CREATE TABLE "ad\'dr" ("select" varchar(20) NOT NULL, "ci ty" varchar(20) NOT NULL, "z""ip" varchar(9) NOT NULL,'
    ' PRIMARY KEY ("select", "ci ty"));'
)


def taken(sql: str, dialect: str, left: str, right: str) -> tuple[Design, Design, tuple[Card, ...], list[str]]:
    """Return a design, the one in BCNF, the cards, and the statements of the triggers."""
    design = design_of(sql, dialect)
    ids = seeded_ids("triggers")
    name = "addr" if "addr" in sql else "ad'dr"
    table = table_of(design, name).id
    edit = stating.state(design, table, columns_of(design, name, left), columns_of(design, name, right), ids)
    design = apply(design, edit.change)
    cards = choices(design, table)
    plan = cards[1].plan
    assert plan is not None
    plan = plan.named(["zips"])
    rules = checking(design, plan, ids, dialect)
    after = apply(design, fixes.take_apart(design, plan, ids).change)
    return design, after, cards, [sql for rule in rules for sql in rule.statements]


@pytest.mark.parametrize(
    ("sql", "names"),
    [(ADDRESSES, ("addr", "street", "city", "zip")), (NASTY, ("ad'dr", "select", "ci ty", 'z"ip'))],
    ids=["plain", "nasty names"],
)
def test_good_rows_pass_and_bad_ones_are_refused(bench: Bench, sql: str, names: tuple[str, ...]) -> None:
    quote = get(bench.dialect).always_quote
    table, street, city, code = names
    written = (
        sql
        if bench.dialect != "mariadb"
        else sql.replace('"z""ip"', '`z"ip`').replace('"', "`").replace("z`ip", 'z"ip')
    )
    _, after, _, triggers = taken(written, bench.dialect, code, city)
    bench.clear()
    ddl = exporter("ddl").export(after, Options(dialect=bench.dialect)).text
    bench.run(f"{each};" for each in ddl.split(";\n") if each.strip())
    bench.run(triggers)
    addr, zips = quote(table), "zips"

    def put(where: str, columns: tuple[str, str], values: tuple[str, str]) -> str:
        return f"INSERT INTO {where} ({quote(columns[0])}, {quote(columns[1])}) VALUES ('{values[0]}', '{values[1]}')"

    bench.run(put(zips, (code, city), row) for row in (("1", "Rome"), ("2", "Rome"), ("3", "Oslo"), ("4", "Oslo")))
    bench.run(put(addr, (street, code), row) for row in (("Main", "1"), ("Side", "2"), ("Main", "3")))
    bench.run([f"UPDATE {addr} SET {quote(code)} = '4' WHERE {quote(street)} = 'Main' AND {quote(code)} = '3'"])
    before = bench.rows(f"SELECT * FROM {addr}"), bench.rows(f"SELECT * FROM {zips}")
    for bad in (
        put(addr, (street, code), ("Main", "2")),  # Main in Rome would have two codes
        f"UPDATE {addr} SET {quote(street)} = 'Main' WHERE {quote(street)} = 'Side'",
        f"UPDATE {zips} SET {quote(city)} = 'Rome' WHERE {quote(code)} = '4'",
    ):
        with pytest.raises(Exception, match="another row has the same and differs"):
            bench.run([bad])
    assert (bench.rows(f"SELECT * FROM {addr}"), bench.rows(f"SELECT * FROM {zips}")) == before


def test_the_choice_says_what_each_way_costs() -> None:
    design, _, cards, _ = taken(ADDRESSES, "postgresql", "zip", "city")
    assert [(card.form, card.text, card.lost) for card in cards] == [
        ("3NF", "Keeps all rules; city may repeat.", ()),
        (
            "BCNF",
            "No fact repeats; the rule street, city → zip must be checked by a trigger.",
            ("street, city → zip",),
        ),
    ]
    assert cards[0].plan is None
    assert cards[0].repeats == tuple(columns_of(design, "addr", "city"))


def test_there_is_no_choice_where_one_way_has_it_all() -> None:
    design = design_of("CREATE TABLE orders (id int PRIMARY KEY, zip text, city text);")
    ids = seeded_ids("choice")
    table = table_of(design, "orders").id
    assert choices(design, table) == ()
    edit = stating.state(design, table, columns_of(design, "orders", "zip"), columns_of(design, "orders", "city"), ids)
    assert choices(apply(design, edit.change), table) == ()


def test_a_table_that_somebody_refers_to_by_a_key_that_is_lost_says_who() -> None:
    sql = ADDRESSES + (
        "CREATE TABLE visits (id int PRIMARY KEY, street varchar(20), city varchar(20),"
        " FOREIGN KEY (street, city) REFERENCES addr (street, city));"
    )
    with pytest.raises(Refused, match=r"visits refers to \(street, city\) of addr, which would be no key"):
        taken(sql, "postgresql", "zip", "city")
