"""Schemas to lay out: a shop of twelve tables, and made-up ones of any size with the shape of real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator

from designer.schema import Column, Design, ForeignKey, Key, Model, Record, Table, seeded_ids
from designer.schema import order as order_keys
from designer.schema.ids import IdSource

SHOP: dict[str, list[str]] = {
    "customers": ["id bigint PK", "email varchar(255) UK", "full_name varchar(120)", "created_at timestamptz"],
    "addresses": ["id bigint PK", "customer_id bigint >customers", "street varchar(200)", "city text", "country char(2)"],
    "categories": ["id bigint PK", "parent_id bigint? >categories", "name varchar(80)", "slug varchar(80) UK"],
    "products": ["id bigint PK", "category_id bigint >categories", "name text", "description text?", "active boolean"],
    "variants": ["id bigint PK", "product_id bigint >products", "sku varchar(40) UK", "price numeric(12,2)"],
    "inventory": ["variant_id bigint PK >variants", "warehouse varchar(20) PK", "quantity integer"],
    "orders": [
        "id bigint PK", "customer_id bigint >customers", "billing_address_id bigint >addresses",
        "shipping_address_id bigint? >addresses", "status order_status", "placed_at timestamptz",
    ],
    "order_items": [
        "order_id bigint PK >orders", "line integer PK", "variant_id bigint >variants", "quantity integer",
        "price numeric(12,2)",
    ],
    "payments": ["id bigint PK", "order_id bigint >orders", "amount numeric(12,2)", "paid_at timestamptz?"],
    "shipments": ["id bigint PK", "order_id bigint >orders", "carrier varchar(40)", "tracking varchar(80)?"],
    "reviews": ["id bigint PK", "product_id bigint >products", "customer_id bigint >customers", "rating smallint"],
    "settings": ["key varchar(80) PK", "value jsonb"],
}  # fmt: skip


def shop() -> Design:
    """Return the shop as a design with one physical model."""
    return design_of(SHOP)


def design_of(tables: dict[str, list[str]]) -> Design:
    """Return a design from tables given as `name type[?] [PK] [UK] [>table]` lines; `?` is nullable."""
    fresh = seeded_ids("layout " + " ".join(tables))
    model = Model(id=fresh(), name="model", target="postgresql")
    ids = {name: fresh() for name in tables}
    columns: dict[str, list[Column]] = {name: [] for name in tables}
    records: list[Record] = [model]
    for (name, lines), place in zip(tables.items(), order_keys.sequence(len(tables)), strict=True):
        records.append(Table(id=ids[name], parent=model.id, name=name, order=place))
        records += _columns(name, lines, ids, fresh, columns)
    primary = {name: _named(columns[name], "PK") for name in tables}
    for name in tables:
        records += _foreign_keys(name, ids, fresh, columns, primary)
    return Design(records)


def _columns(
    name: str, lines: list[str], ids: dict[str, str], fresh: IdSource, columns: dict[str, list[Column]]
) -> list[Record]:
    records: list[Record] = []
    keys = order_keys.sequence(len(lines))
    primary = []
    for line, place in zip(lines, keys, strict=True):
        title, type_, *marks = line.split()
        column = Column(
            id=fresh(), parent=ids[name], name=title, type=type_.rstrip("?"), nullable=type_.endswith("?"), order=place,
            tags=tuple(marks),
        )  # fmt: skip
        records.append(column)
        columns[name].append(column)
        if "PK" in marks:
            primary.append(column.id)
        if "UK" in marks:
            records.append(Key(id=fresh(), parent=ids[name], columns=(column.id,)))
    if primary:
        records.append(Key(id=fresh(), parent=ids[name], primary=True, columns=tuple(primary)))
    return records


def _named(columns: list[Column], mark: str) -> list[Column]:
    return [column for column in columns if mark in column.tags]


def _foreign_keys(
    name: str, ids: dict[str, str], fresh: IdSource, columns: dict[str, list[Column]], primary: dict[str, list[Column]]
) -> Iterator[Record]:
    for column in columns[name]:
        for target in (mark[1:] for mark in column.tags if mark.startswith(">")):
            yield ForeignKey(
                id=fresh(), parent=ids[name], columns=(column.id,), ref_table=ids[target],
                ref_columns=(primary[target][0].id,),
            )  # fmt: skip


def made_up(count: int, seed: int = 1) -> Design:
    """Return a design of `count` tables: modules of a dozen, look-ups, joins, a few tables that all refer to, loners."""
    chance = random.Random(seed)
    tables: dict[str, list[str]] = {
        "users": ["id bigint PK", "email text UK"],
        "tenants": ["id bigint PK", "name text"],
    }
    module: list[str] = []
    for at in range(len(tables), count):
        if at % 13 == 2:
            module = []
        name = f"m{at // 13:03}_{chance.choice(['item', 'log', 'type', 'detail', 'entry', 'line', 'plan'])}_{at}"
        lines = ["id bigint PK", *(f"field_{each} varchar(80)" for each in range(chance.randrange(1, 12)))]
        for target in _targets(chance, module, list(tables)):
            lines.insert(1, f"{target}_id bigint{chance.choice(['', '?'])} >{target}")
        tables[name] = lines
        module.append(name)
    return design_of(tables)


def _targets(chance: random.Random, module: list[str], all_tables: list[str]) -> list[str]:
    if chance.random() < 0.08:
        return []
    found = chance.sample(module, min(len(module), chance.choice([1, 1, 1, 2, 2, 3])))
    if chance.random() < 0.18:
        found.append(chance.choice(["users", "users", "tenants"]))
    if chance.random() < 0.1:
        found.append(chance.choice(all_tables))
    return list(dict.fromkeys(found))
