"""Columns that may hold several values: real ones are found, and what only looks so is let alone."""

from __future__ import annotations

import json

import pytest

from designer.dependencies.first_form import Concern, first_form
from designer.dependencies.first_form_values import shape_of
from tests.dependencies.model.tables import columns, names, read, table
from tests.dependencies.model.value_kinds import INNOCENT, LISTS, sample


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("rows", [30, 200, 2000])
def test_lists_are_found(kind: str, rows: int) -> None:
    found = shape_of([each for each in sample(LISTS[kind], rows) if each])
    assert found is not None
    assert found.kind == "list"
    assert "rows hold several values" in found.evidence


@pytest.mark.parametrize("kind", INNOCENT)
@pytest.mark.parametrize("rows", [12, 30, 200, 2000])
def test_texts_with_commas_that_mean_one_value_are_let_alone(kind: str, rows: int) -> None:
    assert shape_of([each for each in sample(INNOCENT[kind], rows) if each]) is None


def concerns(sql: str, values: dict[str, list[str | None]] | None = None) -> tuple[Concern, ...]:
    design = read(sql)
    own = columns(design)
    return first_form(design, table(design), {own[name]: each for name, each in (values or {}).items()})


def told(columns_of: str) -> list[str]:
    sql = f"CREATE TABLE t (id int PRIMARY KEY, {columns_of});"
    design = read(sql)
    return [f"{each.kind} {each.strength} {names(design, each.columns)}" for each in first_form(design, table(design))]


def test_a_list_in_numbered_columns_is_a_question() -> None:
    names_of = [f"severity_name_{number}" for number in range(6)]
    (found,) = concerns(f"CREATE TABLE t (id int PRIMARY KEY, {', '.join(f'{each} text' for each in names_of)});")
    assert (found.kind, found.strength, found.fix, found.base) == ("numbered", "question", "rows", "severity_name")
    assert len(found.rows) == 6


def test_numbered_groups_become_one_list() -> None:
    parts = ", ".join(f"app{number}_state int, app{number}_uri text" for number in range(1, 5))
    (found,) = concerns(f"CREATE TABLE t (id int PRIMARY KEY, {parts});")
    assert found.parts == ("state", "uri")
    assert len(found.rows) == 4
    assert "with 2 columns each" in found.message


def test_several_whole_addresses_are_a_list_though_lines_of_one_are_none() -> None:
    parts = ", ".join(f"address{number}_street text, address{number}_city text" for number in (1, 2, 3))
    (found,) = concerns(f"CREATE TABLE t (id int PRIMARY KEY, {parts});")
    assert (found.base, found.parts) == ("address", ("street", "city"))


def test_the_first_one_may_have_no_number() -> None:
    assert told("phone text, phone_2 text, phone_3 text") == ["numbered question phone,phone_2,phone_3"]
    assert told("name text, name_2 text") == []


HINTS = {
    "phone1 text, phone2 text": ["numbered hint phone1,phone2"],
    "q1 numeric, q2 numeric, q3 numeric, q4 numeric": ["months hint q1,q2,q3,q4"],
    "jan int, feb int, mar int, apr int, may int, jun int": ["months hint jan,feb,mar,apr,may,jun"],
    "tags text[]": ["array hint tags"],
    "settings jsonb": ["structured hint settings"],
    "payload_json text": ["structured hint payload_json"],
}


@pytest.mark.parametrize(("columns_of", "expected"), HINTS.items(), ids=HINTS)
def test_what_is_often_meant_so_is_only_a_hint(columns_of: str, expected: list[str]) -> None:
    assert told(columns_of) == expected


SILENT = {
    "link ends": "entity0 int, entity1 int",
    "a pair": "seconder_1 int, seconder_2 int",
    "two tags": "tag1 text, tag2 text",
    "selected elements": "selementid1 int, selementid2 int",
    "lines of an address": "line1 text, line2 text, line3 text, line4 text",
    "lines of an address, spelled out": "address_line_1 text, address_line_2 text, address_line_3 text",
    "addresses": "address1 text, address2 text, address3 text",
    "codes of standards": "iso_code_1 text, iso_code_3 text",
    "digests": "md5 text, sha1 text, sha256 text, sha512 text",
    "protocols": "ipv4 text, ipv6 text, utf8 text, oauth2 text",
    "headings": "h1 text, h2 text, h3 text",
    "numbers that do not follow": "value_5 int, value_10 int, value_15 int",
    "numbers of several types": "arg_1 int, arg_2 text, arg_3 date",
    "a set list": "setlist text",
    "prose": "description text, notes text, list text",
    "a count of a list": "tags_count int, ids int",
}


@pytest.mark.parametrize("columns_of", SILENT.values(), ids=SILENT)
def test_names_that_are_mostly_one_thing_are_let_alone(columns_of: str) -> None:
    assert told(columns_of) == []


def test_numbered_references_to_one_table_are_ends_of_a_link() -> None:
    ends = ", ".join(f"player{number} int REFERENCES p" for number in (1, 2, 3))
    assert concerns(f"CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, {ends});") == ()
    key = "CREATE TABLE t (part_1 int, part_2 int, part_3 int, PRIMARY KEY (part_1, part_2, part_3));"
    assert concerns(key) == ()


def test_a_text_that_is_a_list_by_its_name_is_asked_about() -> None:
    assert told("event_ids text, cached_tag_list text, hosts_csv text") == [
        "list question event_ids", "list question cached_tag_list", "list question hosts_csv",
    ]  # fmt: skip
    found = concerns("CREATE TABLE t (id int PRIMARY KEY, event_ids text);")
    assert found[0].base == "event_id"


def test_values_speak_louder_than_names() -> None:
    sql = "CREATE TABLE t (id int PRIMARY KEY, event_ids text, remark text);"
    values = {"event_ids": [str(each) for each in range(50)], "remark": sample(LISTS["tags"])}
    (found,) = concerns(sql, values)
    assert (found.kind, found.strength) == ("list", "suggestion")
    assert found.message == "remark holds lists of values"


def test_objects_with_the_same_keys_could_be_columns() -> None:
    same = [json.dumps({"width": each, "height": 2}) for each in range(50)]
    (found,) = concerns("CREATE TABLE t (id int PRIMARY KEY, size jsonb);", {"size": [*same, None]})
    assert (found.kind, found.strength, found.fix) == ("fixed shape", "suggestion", "columns")
    assert found.parts == ("height", "width")
    (loose,) = concerns(
        "CREATE TABLE t (id int PRIMARY KEY, size jsonb);",
        {"size": [json.dumps({f"k{each % 9}": each}) for each in range(50)]},
    )
    assert (loose.kind, loose.strength) == ("structured", "hint")


def test_names_with_values_are_a_table_in_a_column() -> None:
    values: list[str | None] = [f"color=red;size={each}" for each in range(40)]
    (found,) = concerns("CREATE TABLE t (id int PRIMARY KEY, options text);", {"options": values})
    assert (found.kind, found.fix) == ("pairs", "pairs")
    assert "color" in found.evidence


def test_few_values_say_nothing() -> None:
    assert concerns("CREATE TABLE t (id int PRIMARY KEY, a text);", {"a": ["x,y", "x", "x,y,z", None]}) == ()


def test_broken_json_is_text() -> None:
    values: list[str | None] = ["{" * 5000, "{not json}", "[1,", "", None] * 10
    for found in concerns("CREATE TABLE t (id int PRIMARY KEY, a text);", {"a": values}):
        assert found.strength == "hint"
