"""Seeded random designs and edits for the laws of the change algebra."""

from __future__ import annotations

import random

import msgspec

from designer.change import Change, complete, diff
from designer.schema import (
    Check,
    Column,
    Design,
    Diagram,
    EnumType,
    Expr,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Model,
    Placement,
    Record,
    Table,
    Use,
)

NAMES = ["a", "b", "order", "users", 'q"uote', "día", "表", "x" * 63, "</script>", "%", "$$", "back\\slash", "🔑"]


def fresh(rng: random.Random) -> str:
    return "".join(rng.choices("abcdefghijkmnpqrstuvwxyz23456789", k=10))


def random_design(rng: random.Random, tables: int = 3) -> Design:
    """A small consistent design: a model, an enum, a diagram, tables with columns, keys, foreign keys, checks."""
    model = Model(id=fresh(rng), name="m", target="postgresql")
    enum = EnumType(id=fresh(rng), parent=model.id, name="mood", values=("sad", "ok"))
    diagram = Diagram(id=fresh(rng), parent=model.id, name="d")
    design = Design([model, enum, diagram])
    for _ in range(rng.randint(0, tables)):
        design = with_change(design, add_table(rng, design))
    for _ in range(rng.randint(0, tables * 2)):
        design = with_change(design, random_edit(rng, design))
    return design


def with_change(design: Design, change: Change) -> Design:
    from designer.change import apply

    return apply(design, change)


def add_table(rng: random.Random, design: Design) -> Change:
    model = design.of(Model)[0]
    table = Table(id=fresh(rng), parent=model.id, name=rng.choice(NAMES), order=rng.choice("abc"))
    put: list[Record] = [table]
    enums = design.of(EnumType)
    for _ in range(rng.randint(1, 3)):
        ref = rng.choice(enums).id if enums and rng.random() < 0.3 else None
        put.append(Column(id=fresh(rng), parent=table.id, name=rng.choice(NAMES), type="text", type_ref=ref))
    if rng.random() < 0.7:
        put.append(Key(id=fresh(rng), parent=table.id, primary=True, columns=(put[1].id,)))
    if rng.random() < 0.3:
        put.append(Check(id=fresh(rng), parent=table.id, expr=Expr("a > 0", (Use(0, 1, put[1].id),))))
    for diagram in design.of(Diagram)[:1]:
        put.append(Placement(id=fresh(rng), parent=diagram.id, element=table.id, x=rng.randint(0, 9)))
    return Change({r.id: r for r in put})


def add_reference(rng: random.Random, design: Design) -> Change:
    columns = design.of(Column)
    if len(columns) < 2:
        return add_table(rng, design)
    one, two = rng.choice(columns), rng.choice(columns)
    if rng.random() < 0.3:
        part = IndexPart(column=one.id, desc=rng.random() < 0.5)
        made: Record = Index(id=fresh(rng), parent=one.parent, name=rng.choice(NAMES), parts=(part,))
    else:
        made = ForeignKey(
            id=fresh(rng), parent=one.parent, columns=(one.id,), ref_table=two.parent, ref_columns=(two.id,)
        )
    return Change({made.id: made})


def set_field(rng: random.Random, design: Design) -> Change:
    record = rng.choice(list(design.records()))
    options: dict[str, object] = {"comment": rng.choice(["", "c", "d"]), "tags": rng.choice([(), ("x",), ("x", "y")])}
    if hasattr(record, "name"):
        options["name"] = rng.choice(NAMES)
    if isinstance(record, Column):
        options["type"] = rng.choice(["text", "integer"])
        options["nullable"] = rng.random() < 0.5
        options["default"] = rng.choice([None, Expr("0"), Expr("now()")])
        tables = design.of(Table)
        options["parent"] = rng.choice(tables).id
        enums = design.of(EnumType)
        options["type_ref"] = rng.choice(enums).id if enums and rng.random() < 0.5 else None
    if isinstance(record, Placement):
        options["x"] = rng.randint(0, 9)
    name = rng.choice(sorted(options))
    after = msgspec.structs.replace(record, **{name: options[name]})
    return diff({record.id: record}, {record.id: after})


def remove(rng: random.Random, design: Design) -> Change:
    removable = [r for r in design.records() if not isinstance(r, Model)]
    if not removable:
        return Change()
    gone = rng.choice(removable)
    return complete(design, Change(removed={gone.id: gone})).change


def random_edit(rng: random.Random, design: Design) -> Change:
    return rng.choice([add_table, add_reference, set_field, set_field, remove])(rng, design)


def random_history(rng: random.Random, design: Design, length: int) -> Change:
    """One change out of several edits, as a branch would bring it."""
    from designer.change import compose

    whole, now = Change(), design
    for _ in range(length):
        step = random_edit(rng, now)
        now = with_change(now, step)
        whole = compose(whole, step)
    return whole
