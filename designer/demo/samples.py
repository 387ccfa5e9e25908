"""The samples that a new project may start from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from designer.demo import hospital, library, places, saas, university
from designer.demo.build import demo_design
from designer.demo.concepts import ConceptBuild, Concepts
from designer.demo.tables import Origins, TableBuild, Tables
from designer.schema import Design, Diagram, Id, Model, Placement, Record, seeded_ids
from designer.schema.order import sequence

Places = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A design to start from: what its project is called, what it shows, and how it is made."""

    slug: str
    name: str
    about: str
    shows: str
    make: Callable[[], Design]


def _tables(seed: str, model_name: str, data: Tables, version: str, diagrams: Mapping[str, Places]) -> Design:
    ids = seeded_ids(f"wholekey sample {seed}")
    model = Model(id=ids(), name=model_name, order="a", level="physical", target=data.dialect, version=version)
    records: list[Record] = [model]
    build = TableBuild(data, model.id, ids, records)
    made = build.build(Origins())
    for (name, places_of), order in zip(diagrams.items(), sequence(len(diagrams)), strict=True):
        diagram = Diagram(id=ids(), parent=model.id, name=name, order=order)
        records += [diagram, *_placed(diagram.id, places_of, made, ids)]
    return build.constrained(Design(records))


def _concepts(seed: str, model_name: str, data: Concepts, places_of: Places) -> Design:
    ids = seeded_ids(f"wholekey sample {seed}")
    model = Model(id=ids(), name=model_name, order="a", level="conceptual")
    records: list[Record] = [model]
    made = ConceptBuild(data, model.id, ids, records).build()
    diagram = Diagram(id=ids(), parent=model.id, name="All concepts", order="a", notation="chen")
    records += [diagram, *_placed(diagram.id, places_of, made, ids)]
    return Design(records)


def _placed(diagram: Id, places_of: Places, made: Mapping[str, Id], ids: Callable[[], Id]) -> list[Placement]:
    return [
        Placement(id=ids(), parent=diagram, element=made[name], x=x, y=y, order=order)
        for (name, (x, y)), order in zip(places_of.items(), sequence(len(places_of)), strict=True)
    ]


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "shop", "Online shop", "Customers, orders, catalogue and stock, traced from concepts to tables.",
        "PostgreSQL, three levels", demo_design,
    ),
    Sample(
        "saas", "Team blog for many tenants", "Tenants, people, posts, billing and an audit trail.", "PostgreSQL",
        lambda: _tables("saas", "Team blog", saas.TABLES, "18", places.SAAS),
    ),
    Sample(
        "library", "Public library", "Works, editions, copies, loans, reservations and fines.", "MariaDB",
        lambda: _tables("library", "Library", library.TABLES, "11.8", places.LIBRARY),
    ),
    Sample(
        "university", "University", "A weak entity, a relationship of three, subtypes and every kind of attribute.",
        "Concepts in Chen's notation",
        lambda: _concepts("university", "University", university.CONCEPTS, places.UNIVERSITY),
    ),
    Sample(
        "hospital", "Hospital", "Kinds of people, stays and beds, treatments, tests, and bills with one payer of two.",
        "Concepts in Chen's notation",
        lambda: _concepts("hospital", "Hospital", hospital.CONCEPTS, places.HOSPITAL),
    ),
)  # fmt: skip
