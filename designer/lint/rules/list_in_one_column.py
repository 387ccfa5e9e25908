"""WK108: a column that holds several values, by its name."""

from __future__ import annotations

from collections.abc import Iterator

from designer.dependencies.deliberate import FORMS, why
from designer.dependencies.first_form import first_form
from designer.lint.contract import INFO, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Assessment, Column, Dependency, Key, Model, Table

_RECORDS = (
    Model(id="m", name="Gallery", level="physical", target="postgresql"),
    Table(id="t", parent="m", name="pools"),
    Column(id="ca", parent="t", name="pool_id", type="bigint", logical="bigint", nullable=False, order="a"),
    Column(id="cb", parent="t", name="title", type="text", logical="text", nullable=False, order="b"),
    Key(id="k", parent="t", name="pk_pools", primary=True, columns=("ca",)),
    Dependency(id="d", parent="t", determinant=("ca",), dependent=("cb",), source="person"),
)


def _check(subject: Subject) -> Iterator[Found]:
    looked_at = {each.parent for each in subject.of(Dependency) if each.state == "confirmed"}
    settled = {each.parent for each in subject.of(Assessment)}
    for table in subject.tables:
        if table.id in looked_at - settled:
            for concern in first_form(subject.design, table.id):
                if concern.kind == "list" and not why(subject.design, table.id, concern.columns, FORMS):
                    yield Found(concern.columns[0], f"{subject.called(table)}: {concern.message}")


RULE = Rule(
    code="WK108",
    name="list-in-one-column",
    title="A text is a list by its name",
    severity=INFO,
    help="Several values in one column are what first normal form forbids (Codd 1970): no index finds one of them, and "
    "no foreign key keeps them true. Put them into a table of their own, one a row. It asks only about tables whose "
    "dependencies somebody works on, and no more once somebody says that these are all known.",
    firing=Example(
        "A table pools (pool_id, title, post_ids) with post_ids text, of which somebody confirmed a dependency.",
        records=(*_RECORDS, Column(id="cc", parent="t", name="post_ids", type="text", logical="text", order="c")),
    ),
    silent=Example("The same table without post_ids, which are rows of another table.", records=_RECORDS),
    check=_check,
)
