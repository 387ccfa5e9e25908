"""Which values of discriminators are taken for renamed."""

from __future__ import annotations

from designer.evolution.renamed_values import renamed_values
from designer.schema import Check, Column, Design, Expr, ForeignKey, Generalization, Model, Table, Use


def _check(column: str, value: str) -> Check:
    about = f"{column}g"
    text = Expr(f"kind = '{value}'", (Use(0, 4, column),))
    return Check(id=f"{column}c", parent=column[0], origin=about, expr=text)


def _side(first: str, second: str) -> Design:
    return Design(
        [
            Model(id="m", name="M", level="physical", target="postgresql"),
            *(Generalization(id=f"{each}1g", parent="m", name=each, subtypes=("s",)) for each in "pq"),
            *(Table(id=each, parent="m", name=each) for each in "pq"),
            *(Column(id=f"{each}1", parent=each, name="kind", type="text") for each in "pq"),
            ForeignKey(id="f", parent="q", columns=("q1",), ref_table="p", ref_columns=("p1",)),
            _check("p1", first),
            _check("q1", second),
        ]
    )


def test_a_renamed_value_is_handed_on_along_keys() -> None:
    found = renamed_values(_side("A", "A"), _side("B", "A"))
    assert found == {"p1": {"'A'": "'B'"}, "q1": {"'A'": "'B'"}}


def test_two_columns_that_disagree_keep_what_each_is_told() -> None:
    found = renamed_values(_side("A", "A"), _side("B", "C"))
    assert found == {"p1": {"'A'": "'B'"}, "q1": {"'A'": "'C'"}}
