"""Look-ups of a design stay right through any sequence of changes."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.change import apply
from designer.schema import Column, Design, Expr, Model, Schema, Table, Use
from designer.schema.expressions import moved, render
from designer.schema.kinds import KINDS, PARENT_KINDS, REFERENCES, defaults_of
from tests.change.designs import random_design, random_edit


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_look_ups_are_carried_over_changes(seed: int) -> None:
    rng = random.Random(seed)
    design = random_design(rng)
    design.children(None)
    design.referrers("nobody")
    for _ in range(12):
        design = apply(design, random_edit(rng, design))
    anew = Design(list(design.records()))
    for each in [*design, "nobody", None]:
        assert sorted(design.children(each)) == sorted(anew.children(each))
        if each is not None:
            assert design.referrers(each) == anew.referrers(each)
    for kind in KINDS.values():
        assert design.of(kind) == anew.of(kind)
    assert design == anew
    assert len(design) == len(anew)


def test_children_come_in_their_order() -> None:
    table = Table(id="tableaaaaa", name="t")
    columns = [Column(id=f"column{n}aaa", parent=table.id, name=str(n), order=order) for n, order in enumerate("cab")]
    assert [c.name for c in Design([table, *columns]).of(Column, table.id)] == ["1", "2", "0"]


def test_model_of_follows_the_parents_and_stops_at_a_cycle() -> None:
    model, schema = Model(id="modelaaaaa"), Schema(id="schemaaaaa", parent="modelaaaaa")
    table = Table(id="tableaaaaa", parent="schemaaaaa")
    assert Design([model, schema, table]).model_of(table) == model
    one, two = Table(id="oneaaaaaaa", parent="twoaaaaaaa"), Table(id="twoaaaaaaa", parent="oneaaaaaaa")
    assert Design([one, two]).model_of(one) is None


def test_every_kind_says_what_it_refers_to() -> None:
    assert set(REFERENCES) == set(PARENT_KINDS) == set(KINDS)
    for kind, fields in REFERENCES.items():
        known = set(defaults_of(kind))
        assert set(fields) <= known, f"{kind} has no fields {set(fields) - known}"


def quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def unquote(written: str) -> str:
    return written[1:-1].replace('""', '"') if written.startswith('"') else written.lower()


def test_expressions_are_written_with_today_s_names() -> None:
    text = "Price > 0 AND \"naïve 🔑\" <> 'price'"
    columns = [Column(id="priceaaaaa", name="price"), Column(id="naiveaaaaa", name="naïve 🔑")]
    start = text.index('"')
    expr = Expr(text, (Use(0, 5, "priceaaaaa"), Use(start, start + 9, "naiveaaaaa")))
    assert render(expr, Design(columns), quote, unquote) == text
    renamed = Design([Column(id="priceaaaaa", name="cost"), Column(id="naiveaaaaa", name='a"b')])
    assert render(expr, renamed, quote, unquote) == '"cost" > 0 AND "a""b" <> \'price\''
    assert render(expr, Design(), quote, unquote) == text
    assert moved(expr, 3)[0] == Use(3, 8, "priceaaaaa")
