"""Deliberate deviations, and the questions that lead to them."""

from __future__ import annotations

import pytest

from designer.change import apply
from designer.commands import Refused
from designer.importers.many import Source, read_sources
from designer.levels.tracing import deviating
from designer.levels.tracing.likely import suggestions
from designer.schema import Design, Deviation, first_physical, seeded_ids
from designer.schema.allowed import DEVIATIONS
from tests.levels.trace.shop import shop

IDS = seeded_ids("deviating")


def marked(design: Design) -> tuple[Design, str]:
    made = deviating.mark(
        design, "pg.extra", "counter_cache", IDS, reason=" fast lists ", kept_true_by="a trigger",
        kept_by=("pg.trigger",), sources=("pg.orders",), by="Ada", on="2026-11-21",
    )  # fmt: skip
    return apply(design, made.change), made.made[0]


def test_mark_change_and_take_back() -> None:
    design, word = marked(shop())
    found = design[word]
    assert isinstance(found, Deviation)
    assert (found.reason, found.decided_by, found.kept_by) == ("fast lists", "Ada", ("pg.trigger",))
    changed = deviating.change(design, word, {"reason": "lists of 10,000 rows", "deviation": "derived_column"})
    design = apply(design, changed.change)
    assert design[word].reason == "lists of 10,000 rows"  # type: ignore[attr-defined]
    back = deviating.take_back(design, word)
    assert back.label == "Take back that orders.orders_count deviates on purpose"
    assert apply(design, back.change) == shop()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"element": "pg.fk"}, "only tables, views"),
        ({"kind": "laziness"}, "a deviation is one of"),
        ({"reason": "  "}, "say why it deviates"),
        ({"kept_by": ("pg.orders",)}, "only triggers, views and routines"),
        ({"sources": ("pg.extra",)}, "name what it repeats"),
        ({"sources": ("gone",)}, "name what it repeats"),
    ],
)
def test_what_is_refused(arguments: dict[str, object], words: str) -> None:
    given = {"element": "pg.extra", "kind": "counter_cache", "reason": "fast", **arguments}
    with pytest.raises(Refused, match=words):
        deviating.mark(shop(), ids=IDS, **given)  # type: ignore[arg-type]


def test_the_same_kind_is_not_said_twice() -> None:
    design, _ = marked(shop())
    with pytest.raises(Refused, match="marked as a counter cache already"):
        deviating.mark(design, "pg.extra", "counter_cache", IDS, reason="again")


def test_every_kind_has_a_title_and_help() -> None:
    assert set(deviating.TITLES) == set(deviating.HELP) == set(DEVIATIONS)


def test_a_word_about_the_table_explains_its_columns() -> None:
    design = shop()
    made = deviating.mark(design, "pg.orders", "merged_tables", IDS, reason="always read together")
    design = apply(design, made.change)
    assert deviating.explained(design, ["pg.extra"]) is not None
    assert deviating.explained(design, ["pg.extra"], ["counter_cache"]) is None
    assert deviating.explained(design, ["pg.city"]) is None


def test_keepers_are_the_nearest_first() -> None:
    assert deviating.keepers(shop(), "pg.extra")[0].id == "pg.trigger"


SQL = """
CREATE TABLE products (id bigint PRIMARY KEY, name text NOT NULL, sku text, price numeric(10,2), description text);
CREATE TABLE orders (id bigint PRIMARY KEY, total_amount numeric(10,2), item_count integer, ship_to jsonb, status text);
CREATE TABLE order_items (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  product_id bigint NOT NULL REFERENCES products,
  product_name text NOT NULL,  -- Denormalized for history
  sku text,
  description text,
  unit_price numeric(10,2),
  quantity integer,
  account_id bigint,
  cached_label text
);
CREATE MATERIALIZED VIEW sales AS SELECT product_id, count(*) AS n FROM order_items GROUP BY 1;
"""


def asked() -> tuple[Design, dict[str, tuple[str, str]]]:
    design = read_sources([Source("shop.sql", SQL)], "postgresql").design
    model = first_physical(design)
    assert model is not None
    return design, {
        design[each.about].name: (each.kind, each.question)  # type: ignore[attr-defined]
        for each in suggestions(design, model.id)
    }


def test_names_types_and_views_raise_questions() -> None:
    _, found = asked()
    assert {name: kind for name, (kind, _) in found.items()} == {
        "product_name": "snapshot_copy",
        "sku": "snapshot_copy",
        "total_amount": "derived_column",
        "item_count": "counter_cache",
        "ship_to": "json_document",
        "cached_label": "derived_column",
        "sales": "materialized_view",
    }
    assert found["product_name"][1].startswith("order_items.product_name repeats products.name")
    assert found["item_count"][1] == "orders.item_count could be counted from order_items: what keeps it true?"


def test_what_was_marked_is_asked_no_more() -> None:
    design, _ = asked()
    model = first_physical(design)
    assert model is not None
    about = suggestions(design, model.id)[1].about
    kind = suggestions(design, model.id)[1].kind
    design = apply(design, deviating.mark(design, about, kind, IDS, reason="on purpose").change)
    assert about not in [each.about for each in suggestions(design, model.id)]
