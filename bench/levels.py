"""Deriving and keeping in step: how long it takes for 100, 300 and 1,000 entities, and what it adds to a file."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from bench.tables import markdown
from designer.change import apply
from designer.commands.contract import replace
from designer.levels.keeping.again import forget
from designer.levels.keeping.baseline import derivation_of
from designer.levels.keeping.deriving import derive, result_of
from designer.levels.keeping.propagating import propagate
from designer.schema import (
    Attribute,
    Derived,
    Design,
    Diagram,
    Domain,
    End,
    Entity,
    Id,
    Identifier,
    IdSource,
    Model,
    Placement,
    Record,
    Relationship,
    codec,
    seeded_ids,
)
from designer.schema.order import sequence

SIZES = (100, 300, 1_000)
TARGETS = ("postgresql", "mysql", "sqlite")
ATTRIBUTES = 8
RUNS = 5
TYPES = ("string(80)", "string(255)", "integer", "decimal(12,2)", "timestamp_tz", "boolean", "text", "date")
T = TypeVar("T")


def logical_model(size: int) -> Design:
    """Return a logical model of so many entities with 8 attributes each, three relationships for each two of them."""
    ids, dice = seeded_ids(f"bench levels {size}"), random.Random(size)
    model = Model(id=ids(), name="Company, logical", level="logical", order="a")
    state = Domain(id=ids(), parent=model.id, name="state", type="string", values=("new", "open", "done"), order="a")
    records: list[Record] = [model, state]
    entities: list[Entity] = []
    for number, order in enumerate(sequence(size)):
        entity = Entity(id=ids(), parent=model.id, name=f"Thing {number}", order=order, comment="What it is.")
        entities.append(entity)
        records += [entity, *_attributes(entity, state.id, dice, ids)]
    for order in sequence(size * 3 // 2):
        one, other = dice.choice(entities), dice.choice(entities)
        ends = (End(entity=one.id, min=dice.choice((0, 1)), max=1, role=f"role {order}"), End(entity=other.id))
        records.append(Relationship(id=ids(), parent=model.id, name="has", ends=ends, order=order))
    return Design([*records, *_diagram(model.id, entities, ids)])


def _attributes(entity: Entity, domain: Id, dice: random.Random, ids: IdSource) -> list[Record]:
    found: list[Record] = []
    for number, order in enumerate(sequence(ATTRIBUTES)):
        kind = "string(20)" if number == 0 else dice.choice(TYPES)
        found.append(
            Attribute(
                id=ids(), parent=entity.id, name=f"{entity.name} fact {number}", type=kind, order=order,
                optional=number > 4, domain=domain if number == 7 else None,
            )
        )  # fmt: skip
    return [*found, Identifier(id=ids(), parent=entity.id, primary=True, attributes=(found[0].id,))]


def _diagram(model: Id, entities: list[Entity], ids: IdSource) -> list[Record]:
    diagram = Diagram(id=ids(), parent=model, name="Everything", order="a")
    places = [
        Placement(id=ids(), parent=diagram.id, element=entity.id, x=number % 32 * 400, y=number // 32 * 400)
        for number, entity in enumerate(entities)
    ]
    return [diagram, *places]


def measured(work: Callable[[], T]) -> tuple[T, float]:
    """Return what work gives, and the processor time that it took, in seconds."""
    gc.collect()
    begun = time.process_time()
    found = work()
    return found, time.process_time() - begun


def three_models(design: Design) -> tuple[Design, Id, float]:
    """Return the design with a physical model of each target, the logical one, and the time of one derivation."""
    logical, ids, times = design.of(Model)[0].id, seeded_ids("bench levels"), []
    for target in TARGETS:
        made, took = measured(partial(derive, design, logical, ids, level="physical", target=target))
        design = apply(design, made.change)
        times.append(took)
    return design, logical, max(times)


def one_change(design: Design, logical: Id, number: int) -> Design:
    """Return the design after one attribute of the logical model got another type."""
    entity = design.of(Entity, logical)[number]
    attribute = design.of(Attribute, entity.id)[1]
    return design.changed((), [replace(attribute, type="decimal(18,4)", name=f"renamed {number}")])


def row(size: int) -> list[str]:
    """Return the measurements of one size."""
    design, logical, derived = three_models(logical_model(size))
    once = derivation_of(design, next(m.id for m in design.of(Model) if m.target))
    forget()
    _, again = measured(partial(result_of, design, once)) if once else (None, 0.0)
    from_file = one_change(codec.decode(codec.encode(design)), logical, 1)
    forget()
    _, cold = measured(partial(propagate, from_file, None, seeded_ids("bench")))
    times = []
    for number in range(RUNS):
        changed = one_change(design, logical, number)
        edit, took = measured(partial(propagate, changed, None, seeded_ids("bench")))
        assert len(edit.change.changed) >= 2 * len(TARGETS), edit.label
        times.append(took)
        design = apply(changed, edit.change)
    whole = len(codec.encode(design))
    without = len(codec.encode(Design([each for each in design.records() if not isinstance(each, Derived)])))
    return [
        f"{size:,}", f"{len(design):,}", f"{derived:.2f} s", f"{again:.2f} s", f"{cold:.2f} s",
        f"{sorted(times)[RUNS // 2] * 1000:.0f} ms", f"{without / 1e6:.1f} MB", f"{(whole - without) / 1e6:.1f} MB",
    ]  # fmt: skip


def main() -> None:
    """Print the table."""
    heads = [
        "entities", "records", "derive one model, with its diagram", "derive it again", "one attribute, three databases: first time",
        "then", "file without bases", "bases",
    ]  # fmt: skip
    print("Processor time. One attribute of the logical model gets another name and type; PostgreSQL, MySQL and SQLite")
    print("models follow in one edit. `first time` is a design that was just read from its file.\n")
    print(markdown(heads, [row(size) for size in SIZES]))


if __name__ == "__main__":
    main()
