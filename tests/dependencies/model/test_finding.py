"""Findings: which there are, and their five parts in the table's own columns and rows."""

from __future__ import annotations

from random import Random

import pytest

from designer.dependencies.evidence import evidence
from designer.dependencies.finding import BEFORE, Finding, broken, findings, rule_of
from designer.dependencies.sample import Sample
from designer.dependencies.subject import Origin, Subject, subject_of
from designer.normalization.analysis import analyse
from designer.normalization.contract import FD, MVD, Relation
from designer.schema import Design, seeded_ids
from tests.dependencies.model.tables import columns, names, read, stated, table
from tests.normalization.random_schemas import fd_schema, mvd_schema

LINES = (
    "CREATE TABLE orders (order_id int PRIMARY KEY, placed_at timestamptz);"
    "CREATE TABLE products (product_id int PRIMARY KEY, sku text NOT NULL);"
    "CREATE TABLE t (order_id int NOT NULL REFERENCES orders, line_no int, product_id int NOT NULL REFERENCES products,"
    " sku text, promised_on date, quantity int NOT NULL, PRIMARY KEY (order_id, line_no));"
)
WIDE = "CREATE TABLE t (order_id int PRIMARY KEY, zip text, city text, state text, note text);"


def found(sql: str, *texts: str, sample: Sample | None = None, **fields: object) -> tuple[Finding, ...]:
    design = stated(read(sql), *texts, **fields)
    return findings(design, table(design), sample)


def rows_of(design: Design, names_of: str, *rows: tuple[str | None, ...]) -> Sample:
    own = columns(design)
    return Sample(tuple(own[each] for each in names_of.split()), rows)


def test_a_partial_dependency_breaks_second_normal_form() -> None:
    (one,) = found(LINES, "order_id -> promised_on", decided_by="Ada")
    assert (one.form, one.kind) == ("2NF", "partial")
    assert one.rule == "promised_on depends on order_id alone, not on the whole key (order_id, line_no)."
    assert one.evidence.said == ("Stated by Ada.",)
    assert one.walk.said == ("from order_id we know promised_on (stated by Ada)", "line_no of the key is never used")
    assert "two rows may have the same order_id and different line_no" in one.walk.no_key
    assert [each.event for each in one.anomalies] == ["update", "insert", "delete"]
    assert one.anomalies[1].text == "promised_on of a new order_id cannot be noted before there is a row with line_no."
    assert one.repair.kind == "home"
    assert one.repair.text.startswith("Move promised_on to orders")
    assert not one.settled


def test_a_transitive_dependency_breaks_third_normal_form() -> None:
    (one,) = found(WIDE, "zip -> city, state")
    assert (one.form, one.kind) == ("3NF", "transitive")
    assert one.rule == "city, state depend on zip, which is no key, and on the key order_id only through it."
    assert one.repair.kind == "table"
    assert "(zip, city, state)" in one.repair.text
    assert one.repair.price == "One more table, and one join for whoever reads city, state here."


def test_a_chain_is_a_finding_a_link() -> None:
    design = stated(read(WIDE), "zip -> city", "city -> state")
    links = [(each.determinant, each.dependent) for each in findings(design, table(design))]
    assert [(names(design, left), names(design, right)) for left, right in links] == [
        ("zip", "city"),
        ("city", "state"),
    ]


def test_what_another_table_has_already_can_be_dropped() -> None:
    (one,) = found(LINES, "product_id -> sku")
    assert one.repair.kind == "copy"
    assert len(one.repair.copies) == 1
    assert [each.event for each in one.anomalies] == ["update", "insert"], "nothing is forgotten that another table has"
    assert one.anomalies[0].text.startswith("Change sku in products")


def test_a_total_is_computed_and_not_put_into_a_table() -> None:
    sql = "CREATE TABLE t (id int PRIMARY KEY, quantity int, unit_price numeric, total numeric);"
    (one,) = found(sql, "quantity, unit_price -> total")
    assert one.repair.kind == "computed"
    assert "generated column" in one.repair.text


def test_what_the_database_keeps_equal_needs_nothing_done() -> None:
    sql = "CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 2) STORED);"
    (one,) = found(sql)
    assert one.form == "3NF"
    assert one.settled == "the database keeps it so: b is computed from a"


def test_a_constant_is_no_table() -> None:
    (one,) = found("CREATE TABLE t (a int, b int, c int, PRIMARY KEY (a));", " -> c")
    assert (one.kind, one.repair.kind) == ("constant", "constant")
    assert one.rule == "c is the same in all rows."


def test_a_waived_dependency_is_settled_by_its_reason() -> None:
    (one,) = found(WIDE, "zip -> city", state="waived", reason="a report of that day")
    assert one.waived
    assert one.settled == "a report of that day"


def test_independent_facts_break_fourth_normal_form() -> None:
    sql = "CREATE TABLE t (person int, skill text, language text, PRIMARY KEY (person, skill, language));"
    (one,) = found(sql, "person ->> skill")
    assert (one.form, one.repair.kind) == ("4NF", "sets")
    assert one.rule == "For one person, every skill stands with every other value of the row, and person is no key."
    assert one.walk.said == ("each person has a set of skill of its own (stated)",)
    assert "takes a row for each of its language" in one.anomalies[0].text


def test_a_part_of_a_key_that_depends_on_no_key_breaks_boyce_codd() -> None:
    sql = "CREATE TABLE t (street text, city text, zip text, PRIMARY KEY (street, city));"
    (one,) = found(sql, "zip -> city")
    assert (one.form, one.kind) == ("BCNF", "prime")
    assert one.rule == "city is a part of a key and depends on zip, which is no key."


def test_a_table_of_keys_only_has_no_findings() -> None:
    assert found(LINES) == ()
    assert found(WIDE, "order_id -> zip, city, state, note") == ()


ROWS = (("1", "10004", "New York"), ("2", "10004", "NYC"), ("3", "10115", "Berlin"), ("4", "10004", "New York"))


def test_rows_are_shown_where_there_are_some() -> None:
    design = stated(read(WIDE), "zip -> city")
    (one,) = findings(design, table(design), rows_of(design, "order_id zip city", *ROWS))
    assert one.evidence.said[-1] == "4 rows hold 2 values of zip, and 1 of them has rows that disagree."
    assert one.evidence.conflicts[0].value == "10004"
    assert one.evidence.conflicts[0].rows == (0, 1, 3)
    assert one.anomalies[0].text.startswith("zip 10004 is in 3 rows")
    assert one.anomalies[0].rows == (0, 1, 3)
    assert one.anomalies[2].text.startswith("Only row 3 has zip 10115")
    assert one.anomalies[2].text.endswith("(Berlin).")
    assert one.repair.price.endswith("2 rows there say what 4 rows here repeat.")


def test_rows_without_the_columns_are_not_used() -> None:
    design = stated(read(WIDE), "zip -> city")
    (one,) = findings(design, table(design), rows_of(design, "order_id zip", ("1", "10004")))
    assert one.evidence.rows == 0
    assert one.anomalies[0].rows == ()


def test_null_and_empty_values_are_told_apart() -> None:
    design = stated(read(WIDE), "zip -> city")
    rows = rows_of(design, "order_id zip city", ("1", None, "A"), ("2", None, "B"), ("3", "", "C"))
    (one,) = findings(design, table(design), rows)
    assert one.evidence.values == 2
    assert one.evidence.conflicts[0].value == "NULL"
    assert all("NULL is in" not in each.text for each in one.anomalies), "what has no zip is no fact about a zip"


def test_what_follows_is_evidenced_by_what_it_follows_from() -> None:
    design = stated(read(WIDE), "zip -> city", "city -> state")
    subject = subject_of(design, table(design))
    own = columns(design)
    far = FD(subject.set_of([own["zip"]]), subject.set_of([own["state"]]))
    assert len(evidence(subject, far, subject.origins[1:], Sample()).said) == 1
    assert subject.origin_of(far) is None


def _subject(relation: Relation) -> Subject:
    names_of = tuple(seeded_ids("columns")() for _ in relation.attributes)
    told = Origin("person", "r", "stated")
    return Subject("t", relation, names_of, (told,) * len(relation.fds), (told,) * len(relation.mvds))


@pytest.mark.parametrize("make", [fd_schema, mvd_schema])
def test_findings_and_the_verdict_agree_on_random_relations(make: object) -> None:
    random = Random(31)
    for _ in range(150):
        schema = make(random)  # type: ignore[operator]
        fds = tuple(FD(left, right) for left, right in schema.fds)
        mvds = tuple(MVD(left, right) for left, right in schema.mvds)
        relation = Relation("r", tuple("ABCDEFG"[: schema.n]), fds, mvds)
        analysis = analyse(relation)
        groups = broken(analysis)
        verdict = analysis.verdict.form
        assert (BEFORE[groups[0].form] if groups else "BCNF") == ("BCNF" if verdict in ("4NF", "5NF") else verdict)
        for each in groups:
            assert rule_of(_subject(relation), analysis, each).endswith(".")


def test_a_walk_may_use_multivalued_dependencies() -> None:
    design = stated(read("CREATE TABLE t (a int, b int, c int, d int);"), "a ->> b", "d -> b")
    texts = [line for each in findings(design, table(design)) for line in each.walk.said]
    assert "each a has a set of b of its own (stated)" in texts
    assert "from d we know b (stated)" in texts
