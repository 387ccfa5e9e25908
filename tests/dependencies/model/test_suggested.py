"""What names suggest, and above all what they do not."""

from __future__ import annotations

import pytest

from designer.change import apply
from designer.dependencies import stating
from designer.dependencies.suggested import Suggestion, suggested
from designer.schema import seeded_ids
from tests.dependencies.model.tables import assessed, columns, names, read, stated, table


def told(sql: str, name: str = "t", *, weak: bool = False) -> list[str]:
    """Return what is suggested about a table, as `2NF a -> b`."""
    design = read(sql)
    return [
        f"{each.form} {names(design, each.determinant)} -> {names(design, each.dependent)}"
        for each in suggested(design, table(design, name))
        if each.weak == weak
    ]


FOUND = {
    "a name beside a part of the key": (
        "CREATE TABLE t (user_id text, room_id text, room_name text, PRIMARY KEY (user_id, room_id));",
        ["2NF room_id -> room_name"],
    ),
    "a name beside a thing": (
        "CREATE TABLE t (id int PRIMARY KEY, artist_id int NOT NULL, artist_name text);",
        ["3NF artist_id -> artist_name"],
    ),
    "a code with its name": (
        "CREATE TABLE t (id int PRIMARY KEY, site_code text NOT NULL, site_name text);",
        ["3NF site_code -> site_name"],
    ),
    "several facts at once": (
        "CREATE TABLE t (id int PRIMARY KEY, taxon_id int, taxon_name text, taxon_common_name text);",
        ["3NF taxon_id -> taxon_name,taxon_common_name"],
    ),
    "what it is comes first": (
        "CREATE TABLE t (id int PRIMARY KEY, id_cliente int NOT NULL, nombre_cliente text);",
        ["3NF id_cliente -> nombre_cliente"],
    ),
    "camel case": (
        'CREATE TABLE t (id int PRIMARY KEY, "planId" int NOT NULL, "planName" text);',
        ["3NF planId -> planName"],
    ),
}


@pytest.mark.parametrize(("sql", "expected"), FOUND.values(), ids=FOUND)
def test_a_thing_and_what_its_name_tells(sql: str, expected: list[str]) -> None:
    assert told(sql) == expected


SILENT = {
    "a reference to things of several tables": "id int PRIMARY KEY, owner_id int NOT NULL, owner_type text NOT NULL, "
    "owner_name text",
    "a status": "id int PRIMARY KEY, order_id int NOT NULL, order_status text",
    "both are members of keys": "room_id int, room_name text, x int, PRIMARY KEY (room_id, x), UNIQUE (room_name, x)",
    "both are keys": "room_id int PRIMARY KEY, room_name text NOT NULL UNIQUE",
    "a name that is there without the thing": "id int PRIMARY KEY, partner_id int, partner_name text NOT NULL",
    "who made the row": "id int PRIMARY KEY, created_by int, created_by_name text",
    "who made the row, by id": "id int PRIMARY KEY, created_by_id int NOT NULL, created_by_name text",
    "a price agreed on": "order_id int, product_id int, unit_price numeric, PRIMARY KEY (order_id, product_id)",
    "country and currency": "id int PRIMARY KEY, country_code text NOT NULL, currency text NOT NULL",
    "age and birth": "id int PRIMARY KEY, birth_date date, age int",
    "coordinates and city": "id int PRIMARY KEY, lat float8, long float8, city text",
    "first name and gender": "id int PRIMARY KEY, first_name text, gender text",
    "digests and protocols": "id int PRIMARY KEY, md5 text, sha256 text, utf8 text, ipv4 text, oauth2 text, line1 text",
    "a status and its time": "id int PRIMARY KEY, status text, status_changed_at timestamptz",
    "parts of a date": "id int PRIMARY KEY, ordered_on date, year int, month int",
    "the thing's own name": "t_id int, t_name text",
    "ends of a link": "entity0 int NOT NULL, entity1 int NOT NULL, PRIMARY KEY (entity0, entity1)",
    "nothing": "",
}


@pytest.mark.parametrize("columns_of", SILENT.values(), ids=SILENT)
def test_what_is_mostly_wrong_on_real_schemas_is_not_suggested(columns_of: str) -> None:
    assert told(f"CREATE TABLE t ({columns_of});") == []


def test_tables_that_keep_what_was_true_are_let_alone() -> None:
    columns_of = "(id int PRIMARY KEY, user_id int NOT NULL, user_name text)"
    for name in ("audit_log", "order_history", "events", "snapshots", "user_archive"):
        assert told(f"CREATE TABLE {name} {columns_of};", name) == []
    assert told(f"CREATE TABLE orders {columns_of};", "orders") == ["3NF user_id -> user_name"]


def test_postal_code_and_city_are_asked_and_never_asserted() -> None:
    sql = "CREATE TABLE t (id int PRIMARY KEY, country text, zip text, city text, billing_zip text, billing_city text);"
    assert told(sql) == []
    assert told(sql, weak=True) == ["3NF country,zip -> city", "3NF billing_zip -> billing_city"]


def test_a_total_is_asked_about_as_something_to_compute() -> None:
    design = read("CREATE TABLE t (id int PRIMARY KEY, quantity int, unit_price numeric, total numeric);")
    (found,) = suggested(design, table(design))
    assert found.computed
    assert found.weak
    assert names(design, found.determinant) == "quantity,unit_price"


ARTIST = "CREATE TABLE t (id int PRIMARY KEY, artist_id int NOT NULL, artist_name text, label text);"


def suggestions(texts: tuple[str, ...], **fields: object) -> tuple[Suggestion, ...]:
    design = stated(read(ARTIST), *texts, **fields)
    return suggested(design, table(design))


@pytest.mark.parametrize("state", ["proposed", "confirmed", "refuted", "waived"])
def test_what_is_decided_is_not_suggested_again(state: str) -> None:
    assert suggestions(()) != ()
    assert suggestions(("artist_id -> artist_name",), state=state) == ()


def test_what_follows_from_what_is_known_is_not_suggested() -> None:
    assert suggestions(("artist_id -> label", "label -> artist_name")) == ()


def test_a_counterexample_guards_every_left_side_within_what_its_rows_agree_on() -> None:
    rows = (("7", "Sun", "Elvis"), ("7", "Sun", "Johnny"))
    assert suggestions(("artist_id, label -> artist_name",), state="refuted", counterexample=rows) == ()
    other = (("7", "Sun", "Elvis"), ("8", "Sun", "Johnny"))
    assert suggestions(("artist_id, label -> artist_name",), state="refuted", counterexample=other) != ()


def test_a_suggestion_is_stored_as_a_proposal_of_names() -> None:
    design = read(ARTIST)
    found = suggested(design, table(design))
    after = apply(design, stating.propose(design, [each.proposal() for each in found], seeded_ids("x")).change)
    assert suggested(after, table(after)) == ()


def test_a_word_about_all_columns_leaves_suggestions_to_those_who_ask() -> None:
    design = assessed(read(ARTIST))
    assert suggested(design, table(design)) != ()
    assert suggested(design, columns(design)["id"]) == ()
