"""A university with people of several kinds, in every way to store them, and rows for it on a real server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from designer.levels.contract import Result, Settings
from designer.levels.marks import derived_id
from designer.levels.physical import physical
from designer.schema import (
    Attribute,
    Column,
    Design,
    End,
    Entity,
    ForeignKey,
    Generalization,
    Identifier,
    Model,
    Record,
    Relationship,
    Table,
)
from tests.translation.applying import Maria, Postgres, SQLite, exported

STRATEGIES = ("class", "single", "concrete")
Server = Maria | Postgres | SQLite


def entity(name: str, *attributes: str, key: Iterable[str] = (), through: tuple[str, ...] = ()) -> list[Record]:
    """Return an entity with attributes as `name type` or `name type?`, and its identifier."""
    made: list[Record] = [
        Entity(id=name, parent="above", name=name.capitalize(), order=name, nature="weak" if through else "strong")
    ]
    for number, each in enumerate(attributes):
        word, _, kind = each.partition(" ")
        optional = kind.endswith("?")
        made.append(
            Attribute(
                id=f"{name}.{word}",
                parent=name,
                name=word,
                type=kind.rstrip("?"),
                optional=optional,
                order=f"{number}V",
            )
        )
    if key:
        marks = tuple(f"{name}.{each}" for each in key)
        made.append(Identifier(id=f"{name} key", parent=name, primary=True, attributes=marks, relationships=through))
    return made


def reference(name: str, child: str, parent: str, *, least: int = 1, identifying: bool = False) -> Relationship:
    """Return a relationship of many `child` to one `parent`."""
    one = End(entity=parent, min=least, max=1, identifying=identifying, role="mentor" if child == parent else "")
    return Relationship(id=name, parent="above", name=name, ends=(one, End(entity=child)), order=name)


def university(*, disjoint: bool, total: bool) -> Design:
    """Return the logical model: people are students, lecturers, both or neither."""
    return Design([
        Model(id="above", name="University", level="logical"),
        *entity("person", "no integer", "name string(40)", key=["no"]),
        *entity("student", "matriculation string(10)", "gpa decimal(3,2)?", key=["matriculation"]),
        *entity("lecturer", "office string(10)", "phone string(20)?"),
        *entity("department", "code string(5)", key=["code"]),
        *entity("badge", "serial integer", key=["serial"]),
        *entity("thesis", "title string(40)", key=["title"]),
        *entity("contact", "nick string(20)", "number string(20)", key=["nick"], through=("reached by",)),
        reference("majors in", "student", "department"),
        reference("works for", "lecturer", "department", least=0),
        reference("mentored by", "person", "person", least=0),
        reference("worn by", "badge", "person"),
        reference("written by", "thesis", "student"),
        reference("reached by", "contact", "person", identifying=True),
        Generalization(
            id="kinds", parent="above", supertype="person", subtypes=("student", "lecturer"), disjoint=disjoint,
            total=total,
        ),
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One way to store one kind of generalization."""

    strategy: str
    disjoint: bool
    total: bool
    keys: str = "natural"
    full: bool = False

    @property
    def name(self) -> str:
        words = (self.strategy, "d" if self.disjoint else "o", "t" if self.total else "p", self.keys[0])
        return "_".join([*words, *(["full"] if self.full else [])])

    def settings(self) -> Settings:
        choices = {("kinds", "subtypes"): self.strategy}
        if self.full:
            choices[("kinds", "enforce")] = "full"
        return Settings({"keys": self.keys, "dependent_keys": self.keys, "table_prefix": f"{self.name}_"}, choices)


CASES = tuple(Case(*each) for each in product(STRATEGIES, (True, False), (True, False), ("natural", "surrogate")))
FULL = tuple(Case("class", each, total=True, full=True) for each in (True, False))


@dataclass(frozen=True, slots=True)
class Someone:
    """An instance: what is known of a person, whatever tables say it."""

    no: int
    name: str
    matriculation: str | None = None
    gpa: float | None = None
    major: str | None = None
    office: str | None = None
    phone: str | None = None
    department: str | None = None
    mentor: int | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        return ("student",) * (self.major is not None) + ("lecturer",) * (self.office is not None)


@dataclass
class Store:
    """The tables of a case on a server."""

    case: Case
    result: Result
    server: Server
    model: str
    design: Design = field(init=False)

    def __post_init__(self) -> None:
        self.design = Design(self.result.records)
        self.tables = {each.origin: each for each in self.design.of(Table)}

    def holder(self, entity: str) -> Table:
        """Return the table that holds what is known of an entity."""
        return self.tables[entity if entity in self.tables else "person"]

    def column(self, table: Table, origin: str) -> str:
        """Return the name of the column that an attribute has in a table."""
        return next(each.name for each in self.design.of(Column, table.id) if each.origin == origin)

    def made(self, *marks: str) -> str:
        """Return the name of the column with a mark, or nothing where it is not there."""
        found = self.design.get(derived_id(self.model, "column", *marks))
        return found.name if isinstance(found, Column) else ""

    def reference(self, table: Table, origin: str, parent: Table | None = None) -> ForeignKey:
        """Return the foreign key of a relationship."""
        found = [each for each in self.design.of(ForeignKey, table.id) if each.origin == origin]
        return next(each for each in found if parent is None or each.ref_table == parent.id)

    def insert(self, table: Table, values: Mapping[str, Any]) -> None:
        """Insert a row; None is left out."""
        given = {name: value for name, value in values.items() if value is not None and name}
        names = ", ".join(given)
        self.server.run(f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(map(literal, given.values()))})")

    def key(self, table: Table, wanted: Iterable[str], attribute: str, value: Any) -> list[Any]:
        """Return the columns of the row that an attribute tells."""
        names = ", ".join(self.design[each].name for each in wanted)  # type: ignore[attr-defined]
        where = f"{self.column(table, attribute)} = {literal(value)}"
        rows = self.server.run(f"SELECT {names} FROM {table.name} WHERE {where}")
        return list(rows[0]) if rows else [-1 for _ in wanted]

    def pointing(self, table: Table, origin: str, attribute: str, value: Any) -> dict[str, Any]:
        """Return what the columns of a reference hold for a parent that an attribute tells; nothing for None."""
        if value is None:
            return {}
        found = [each for each in self.design.of(ForeignKey, table.id) if each.origin == origin]
        for key in found:
            parent = self.design[key.ref_table or ""]
            assert isinstance(parent, Table)
            values = self.key(parent, key.ref_columns, attribute, value)
            if values[0] != -1 or len(found) == 1:
                names = [self.design[each].name for each in key.columns]  # type: ignore[attr-defined]
                return dict(zip(names, values, strict=True))
        return {}

    def add(self, who: Someone, *, kinds: tuple[str, ...] | None = None, says: tuple[str, ...] | None = None) -> None:
        """Insert the rows of an instance. `kinds` are the tables it is in, `says` what its type columns say."""
        kinds = who.kinds if kinds is None else kinds
        says = kinds if says is None else says
        if self.case.strategy == "class":
            self.insert(self.tables["person"], {**self.of_person(self.tables["person"], who), **self.types(says)})
            for each in kinds:
                own = self.pointing(self.tables[each], "kinds", "person.no", who.no)
                fixed = self.made(f"kinds:{each}:kind")
                said = {fixed: self.fixed(each)} if fixed else {}
                self.insert(self.tables[each], {**self.of(each, self.tables[each], who), **own, **said})
        elif self.case.strategy == "single":
            table = self.tables["person"]
            own = {name: value for each in ("student", "lecturer") for name, value in self.of(each, table, who).items()}
            self.insert(table, {**self.of_person(table, who), **own, **self.types(says)})
        else:
            for each in kinds or ("person",):
                table = self.tables[each]
                own = self.of(each, table, who) if kinds else {}
                self.insert(table, {**self.of_person(table, who), **own})

    def fixed(self, kind: str) -> Any:
        return kind if self.case.disjoint else True

    def types(self, kinds: tuple[str, ...]) -> dict[str, Any]:
        """Return what the type columns of the supertype say."""
        if self.case.disjoint:
            return {self.made("kinds"): next(iter(kinds), "person")}
        return {self.made(f"kinds:{each}:is"): each in kinds for each in ("student", "lecturer")}

    def of_person(self, table: Table, who: Someone) -> dict[str, Any]:
        values = self._values(table, "person", {"no": who.no, "name": who.name})
        return {**values, **self.pointing(table, "mentored by", "person.no", who.mentor)}

    def of(self, kind: str, table: Table, who: Someone) -> dict[str, Any]:
        if kind == "student":
            own = self._values(table, kind, {"matriculation": who.matriculation, "gpa": who.gpa})
            return {**own, **self.pointing(table, "majors in", "department.code", who.major)}
        own = self._values(table, kind, {"office": who.office, "phone": who.phone})
        return {**own, **self.pointing(table, "works for", "department.code", who.department)}

    def _values(self, table: Table, entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
        return {self.column(table, f"{entity}.{each}"): value for each, value in values.items() if value is not None}


def literal(value: Any) -> str:
    """Return a value as all three databases write it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"'{value}'" if isinstance(value, str) else str(value)


def derived(case: Case, dialect: str) -> tuple[Result, str]:
    """Return what is derived for a case, and the script that makes it."""
    design = university(disjoint=case.disjoint, total=case.total)
    model = Model(id="below", name=case.name, level="physical", target=dialect)
    result = physical(design, "above", model, case.settings())
    return result, exported(Design([model, *result.records]), dialect).text


def stores(cases: Iterable[Case], dialect: str, server: Server) -> list[Store]:
    """Make the tables of all cases on a server, in one go."""
    found = [(case, *derived(case, dialect)) for case in cases]
    server.apply("\n".join(script for _, _, script in found))
    return [Store(case, result, server, "below") for case, result, _ in found]
