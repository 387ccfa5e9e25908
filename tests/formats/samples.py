"""Designs that the golden files and the contract tests are about."""

from __future__ import annotations

from designer.schema import (
    Area,
    Attribute,
    Check,
    Design,
    Diagram,
    End,
    Entity,
    Expr,
    Generalization,
    Identifier,
    Index,
    IndexPart,
    Placement,
    Relationship,
    View,
)
from tests.formats.build import Build


def shop() -> Design:
    """Return a small physical model with every kind of foreign key, two schemas and an area in a diagram."""
    b = Build("Shop & Sons")
    sales = b.schema("sales")
    state = b.enum("order state", "open", "it's paid", home=sales)
    customers = b.table("customers", comment="People\nwho buy")
    customer = b.column(customers, "id", "bigint", nullable=False, identity="always")
    b.column(customers, "email", "varchar(320)", nullable=False, comment='unique, "lower case"')
    email = b.records[-1]
    b.column(customers, "balance", "numeric(10, 2)", nullable=False, default="0")
    b.column(customers, "created at", "timestamp with time zone", default="now()")
    b.column(customers, "kind", "text", default="'it''s new'::text")
    b.key(customers, customer, name="customers_pkey")
    b.add(Index, customers, name="customers_email", unique=True, parts=(IndexPart(expr=Expr("lower(email)")),))
    b.add(Index, customers, method="gin", parts=(IndexPart(column=email.id),), where=Expr("balance > 0"))

    profiles = b.table("profiles")
    owner = b.column(profiles, "customer_id", "bigint", nullable=False)
    b.key(profiles, owner)
    b.refer([owner], customers, [customer], on_delete="cascade")

    orders = b.table("orders", sales)
    year = b.column(orders, "year", "integer", nullable=False)
    number = b.column(orders, "number", "integer", nullable=False)
    buyer = b.column(orders, "customer_id", "bigint", nullable=False)
    previous = b.column(orders, "previous", "integer")
    b.column(orders, "state", '"order state"', type_ref=state.id)
    b.key(orders, year, number)
    b.refer([buyer], customers, [customer], name="buyer", on_update="cascade", on_delete="set null")
    b.refer([year, previous], orders, [year, number])
    b.add(Check, orders, name="positive", expr=Expr("number > 0"))

    items = b.table("items", sales)
    item_year = b.column(items, "year", "integer", nullable=False)
    item_number = b.column(items, "number", "integer", nullable=False)
    line = b.column(items, "line", "smallint", nullable=False)
    product = b.column(items, "product_id", "uuid")
    b.key(items, item_year, item_number, line)
    b.key(items, item_year, product, primary=False, name="once a year")
    b.refer([item_year, item_number], orders, [year, number])
    b.refer([product], None, [], missing_table="catalog.products", missing_columns=("id",))

    b.table("empty")
    b.add(View, b.model, name="debtors", query=Expr("SELECT * FROM customers WHERE balance < 0"))
    diagram = b.add(Diagram, b.model, name="Sales")
    b.add(Area, diagram, name="Ordering", x=0, y=0, w=500, h=500)
    b.add(Placement, diagram, element=orders.id, x=10, y=10)
    b.add(Placement, diagram, element=items.id, x=10, y=300)
    b.add(Placement, diagram, element=customers.id, x=900, y=10)
    return b.design()


def library() -> Design:
    """Return a conceptual model with all that entity-relationship models know."""
    b = Build("Library", level="conceptual", target="")
    person = b.add(Entity, b.model, name="Person", comment="Somebody we know")
    name = b.add(Attribute, person, name="name", type="string(80)")
    address = b.add(Attribute, person, name="address", optional=True)
    b.add(Attribute, address, name="street", type="string")
    b.add(Attribute, address, name="town", type="string", comment="as the post writes it")
    b.add(Attribute, person, name="phone", type="string", multivalued=True)
    b.add(Identifier, person, primary=True, attributes=(name.id,))
    member = b.add(Entity, b.model, name="Member")
    author = b.add(Entity, b.model, name="Author")
    b.add(Generalization, b.model, name="who", supertype=person.id, subtypes=(member.id, author.id))
    book = b.add(Entity, b.model, name="Book")
    isbn = b.add(Attribute, book, name="ISBN", type="string(13)")
    title = b.add(Attribute, book, name="title")
    b.add(Identifier, book, primary=True, attributes=(isbn.id,))
    b.add(Identifier, book, attributes=(title.id,))
    copy = b.add(Entity, b.model, name="Copy", nature="weak")
    b.add(Attribute, copy, name="number", type="integer")
    b.add(
        Relationship, b.model, name="has",
        ends=(End(entity=book.id, min=1, max=1, identifying=True), End(entity=copy.id, min=1)),
    )  # fmt: skip
    b.add(Relationship, b.model, name="writes", ends=(End(entity=author.id, min=1), End(entity=book.id)))
    loan = b.add(
        Relationship, b.model, name="borrows",
        ends=(End(entity=member.id, max=1, role="borrower"), End(entity=copy.id, max=5)),
    )  # fmt: skip
    b.add(Attribute, loan, name="until", type="date")
    b.add(
        Relationship, b.model, name="recommends",
        ends=(End(entity=member.id, role="by"), End(entity=member.id, role="to"), End(entity=book.id)),
    )  # fmt: skip
    return b.design()


def empty_model(level: str = "physical") -> Design:
    """Return a design of one model with nothing in it."""
    return Build("", level=level).design()
