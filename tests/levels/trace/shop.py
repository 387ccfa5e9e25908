"""A small shop on three levels, with two databases: written by hand, so that the trace is tested by itself."""

from __future__ import annotations

import re
from typing import Any

from designer.schema import (
    AccessPattern,
    Attribute,
    BusinessRule,
    Check,
    Column,
    Derivation,
    Design,
    Diagram,
    Domain,
    End,
    Entity,
    Expr,
    ForeignKey,
    Identifier,
    Index,
    Key,
    Model,
    Placement,
    Record,
    Relationship,
    Routine,
    Table,
    Term,
    Trigger,
    Use,
    View,
    codec,
)  # fmt: skip
from designer.schema.base import IndexPart


def _upper(model: str, above: str = "") -> list[Record]:
    """Return the entity-relationship records of one level; `above` is the prefix of the one that they come from."""

    def of(name: str) -> str | None:
        return f"{above}.{name}" if above else None

    def own(name: str) -> str:
        return f"{model}.{name}"

    return [
        Domain(id=own("money"), parent=model, name="money", type="decimal(10,2)", rule="value >= 0", origin=of("money")),
        Entity(id=own("customer"), parent=model, name="Customer", origin=of("customer"), order="a"),
        Attribute(
            id=own("email"), parent=own("customer"), name="email", type="string(200)", origin=of("email"), order="a"
        ),
        Attribute(
            id=own("city"), parent=own("customer"), name="city", type="string(80)", origin=of("city"), order="b"
        ),
        Identifier(
            id=own("by_email"), parent=own("customer"), name="by email", primary=True, attributes=(own("email"),),
            origin=of("by_email"),
        ),
        Entity(id=own("order"), parent=model, name="Order", origin=of("order"), order="b"),
        Attribute(id=own("number"), parent=own("order"), name="number", type="integer", origin=of("number"), order="a"),
        Attribute(
            id=own("total"), parent=own("order"), name="total", domain=own("money"), origin=of("total"), order="b"
        ),
        Identifier(
            id=own("by_number"), parent=own("order"), name="", primary=True, attributes=(own("number"),),
            origin=of("by_number"),
        ),
        Relationship(
            id=own("places"), parent=model, name="places", origin=of("places"),
            ends=(End(entity=own("customer"), min=1, max=1), End(entity=own("order"))),
        ),
    ]  # fmt: skip


def _physical(model: str, target: str) -> list[Record]:
    def own(name: str) -> str:
        return f"{model}.{name}"

    def column(name: str, table: str, kind: str, origin: str | None, order: str) -> Column:
        return Column(
            id=own(name), parent=own(table), name=name.split(".")[-1], type=kind, logical=kind, nullable=False,
            origin=origin, order=order,
        )  # fmt: skip

    return [
        Model(id=model, name=f"Shop in {target}", level="physical", target=target, order=target),
        Table(id=own("customers"), parent=model, name="customers", origin="log.customer", order="a"),
        column("email", "customers", "varchar(200)", "log.email", "a"),
        column("city", "customers", "varchar(80)", "log.city", "b"),
        Key(
            id=own("pk_customers"), parent=own("customers"), name="pk_customers", primary=True, columns=(own("email"),),
            origin="log.by_email",
        ),
        Table(id=own("orders"), parent=model, name="orders", origin="log.order", order="b"),
        column("number", "orders", "integer", "log.number", "a"),
        column("customer_email", "orders", "varchar(200)", "log.places", "b"),
        column("total", "orders", "decimal(10,2)", "log.total", "c"),
        Key(
            id=own("pk_orders"), parent=own("orders"), name="pk_orders", primary=True, columns=(own("number"),),
            origin="log.by_number",
        ),
        ForeignKey(
            id=own("fk"), parent=own("orders"), name="fk_orders_customer", columns=(own("customer_email"),),
            ref_table=own("customers"), ref_columns=(own("email"),), origin="log.places",
        ),
        Index(
            id=own("idx"), parent=own("orders"), name="idx_orders_customer_email",
            parts=(IndexPart(column=own("customer_email")),), origin="log.places",
        ),
        Check(
            id=own("chk"), parent=own("orders"), name="chk_orders_total", origin="log.money",
            expr=Expr("total >= 0", (Use(0, 5, own("total")),)),
        ),
        Derivation(id=own("derivation"), parent=model, source="log"),
    ]  # fmt: skip


def shop() -> Design:
    """Return the shop: conceptual `con`, logical `log`, and `pg` and `lite` derived from it."""
    view = "SELECT city FROM customers"
    return Design([
        Model(id="con", name="Concepts", level="conceptual", order="a"),
        Model(id="log", name="Logic", level="logical", order="b"),
        *_upper("con"),
        *_upper("log", "con"),
        Derivation(id="log.derivation", parent="log", source="con"),
        *_physical("pg", "postgresql"),
        *_physical("lite", "sqlite"),
        View(
            id="pg.cities", parent="pg", name="cities", depends_on=("pg.customers",),
            query=Expr(view, (Use(7, 11, "pg.city"), Use(17, 26, "pg.customers"))),
        ),
        View(id="pg.few_cities", parent="pg", name="few_cities", depends_on=("pg.cities",), query=Expr("SELECT 1")),
        Routine(id="pg.f", parent="pg", name="f", text=Expr("CREATE FUNCTION f() … SELECT city FROM customers")),
        Trigger(id="pg.trigger", parent="pg.orders", name="count_orders", text=Expr("CREATE TRIGGER …")),
        Column(
            id="pg.extra", parent="pg.orders", name="orders_count", type="integer", logical="integer", order="z"
        ),
        Term(id="con.term", parent="con", name="Customer", comment="Somebody who buys.", elements=("con.customer",)),
        BusinessRule(id="con.rule", parent="con", comment="A customer lives in one city.", elements=("con.city",)),
        AccessPattern(
            id="log.pattern", parent="log", name="Orders of a customer", reads=("log.order",), by=("log.email",)
        ),
        Diagram(id="pg.diagram", parent="pg", name="All"),
        Placement(id="pg.placed", parent="pg.diagram", element="pg.customers"),
    ])  # fmt: skip


def stored_shop() -> Design:
    """Return the shop with ids such as files and databases hold: letters and digits only."""
    design = shop()
    names = {record.id: f"{re.sub('[^a-z]', '', record.id):x<10}" for record in design.records()}

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: named(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [named(each) for each in value]
        return names.get(value, value) if isinstance(value, str) else value

    return Design([codec.record_from(named(codec.record_to(record))) for record in design.records()])
