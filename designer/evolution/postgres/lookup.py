"""What names in the texts of one design mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.evolution.postgres.trees import Node, Path, calls, read, relations, strings, types, walk
from designer.schema import (
    Column,
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Id,
    Index,
    Key,
    Model,
    Named,
    Record,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    View,
)

DEFAULT = "public"
_RELATIONS = (Table, View, Sequence)
_TYPES = (EnumType, DomainType, CompositeType, Table, View)


class Lookup:
    """The objects of a model by schema and name."""

    def __init__(self, design: Design, model: Id):
        self.design = design
        self.schemas: dict[str, Schema] = {}
        self.relations: dict[Path, Table | View | Sequence] = {}
        self.types: dict[Path, Record] = {}
        self.routines: dict[Path, list[Routine]] = {}
        self.indexes: dict[Path, Index | Key] = {}
        self.made: dict[str, list[Statement]] = {}
        self._columns: dict[Id, dict[str, Column]] = {}
        for record in design.records():
            self._take(record, model)

    def _take(self, record: Record, model: Id) -> None:
        if isinstance(record, Statement):
            if "makes" in record.extra and record.phase != "never" and record.extra.get("name"):
                self.made.setdefault(record.extra["name"], []).append(record)
            return
        if isinstance(record, Schema):
            if record.parent == model:
                self.schemas[record.name] = record
            return
        if isinstance(record, (Index, Key)):
            self.indexes[self.schema_of(record), record.name] = record
            return
        if not isinstance(record, (*_RELATIONS, *_TYPES, Routine)):
            return
        path = (self.schema_of(record), record.name)
        if isinstance(record, Routine):
            self.routines.setdefault(path, []).append(record)
        if isinstance(record, _RELATIONS):
            self.relations[path] = record
        if isinstance(record, _TYPES):
            self.types[path] = record

    def schema_of(self, record: Record) -> str:
        """Return the name of the schema that a record is in, at whatever depth."""
        at: Record | None = record
        while at is not None and not isinstance(at, (Schema, Model)):
            at = self.design.get(at.parent) if at.parent else None
        return at.name if isinstance(at, Schema) else DEFAULT

    def homes(self, record: Record) -> tuple[str, ...]:
        """Return the schemas in which the names in a record's text are looked for; its own one is the last resort."""
        said = record.extra.get("search_path", "")
        return tuple(each.strip(' "') for each in said.split(",")) if said else (DEFAULT, self.schema_of(record))

    def _places(self, path: Path, homes: Iterable[str]) -> Iterator[Path]:
        if len(path) > 1:
            yield path[-2:]
        else:
            for home in homes:
                yield (home, path[-1])

    def relation(self, path: Path, homes: Iterable[str] = (DEFAULT,)) -> Table | View | Sequence | None:
        """Return the table, view or sequence of a name."""
        return next((self.relations[each] for each in self._places(path, homes) if each in self.relations), None)

    def type(self, path: Path, homes: Iterable[str] = (DEFAULT,)) -> Record | None:
        """Return what makes the type of a name; for a type that a statement makes, that statement."""
        if path[-1:] and path[-1].startswith("_") and (found := self.type((*path[:-1], path[-1][1:]), homes)):
            return found
        known = next((self.types[each] for each in self._places(path, homes) if each in self.types), None)
        made = (each for each in self.made.get(path[-1] if path else "", ()) if each.extra["makes"] == "type")
        return known or next(made, None)

    def routine(self, path: Path, homes: Iterable[str] = (DEFAULT,)) -> list[Routine]:
        """Return the routines of a name, overloads and all."""
        return next((self.routines[each] for each in self._places(path, homes) if each in self.routines), [])

    def overload(self, node: Node, homes: Iterable[str]) -> Routine | None:
        """Return the routine that an ObjectWithArgs means."""
        found = self.routine(strings(node.get("objname")), homes)
        if node.get("args_unspecified"):
            return found[0] if len(found) == 1 else None
        wanted = [strings(each["TypeName"]["names"])[-1:] for each in node.get("objargs", ()) if "TypeName" in each]
        exact = [each for each in found if inputs(each) == wanted]
        return exact[0] if exact else found[0] if len(found) == 1 else None

    def index(self, path: Path, homes: Iterable[str] = (DEFAULT,)) -> Index | Key | None:
        """Return the index, or the key that has one, of a name."""
        return next((self.indexes[each] for each in self._places(path, homes) if each in self.indexes), None)

    def columns(self, relation: Id) -> dict[str, Column]:
        """Return the columns of a table or view by name; those of its parent for a partition without any."""
        found = self._columns.get(relation)
        if found is None:
            record = self.design.get(relation)
            found = {}
            for parent in getattr(record, "inherits", ()):
                found.update(self.columns(parent) if parent != relation else {})
            found.update({each.name: each for each in self.design.of(Column, relation)})
            above = getattr(record, "partition_of", None)
            if not found and above and above != relation:
                found = self.columns(above)
            self._columns[relation] = found
        return found

    def called(self, node: Node, homes: Iterable[str] = (DEFAULT,)) -> Iterator[Id]:
        """Yield the routines that a tree calls: those that take so many arguments."""
        yield from self.taking(calls(node), homes)

    def taking(self, called: Iterable[tuple[Path, int]], homes: Iterable[str] = (DEFAULT,)) -> Iterator[Id]:
        """Yield the routines of some names that take so many arguments."""
        for path, count in called:
            for each in self.routine(path, homes):
                if takes(each, count):
                    yield each.id

    def named_types(self, node: Node, homes: Iterable[str] = (DEFAULT,)) -> Iterator[Id]:
        """Yield what makes the types that a tree names."""
        yield from self.makers(types(node), homes)

    def makers(self, paths: Iterable[Path], homes: Iterable[str] = (DEFAULT,)) -> Iterator[Id]:
        """Yield what makes the types of some names."""
        for path in paths:
            found = self.type(path, homes)
            if found is not None:
                yield found.id

    def columns_in(self, node: Node, homes: Iterable[str] = (DEFAULT,), also: Id | None = None) -> Iterator[Id]:
        """Yield the columns that a tree may name: of the relations in it, and of `also`, those of such a name."""
        words, every = _column_words(node)
        known = {found.id for path in relations(node) if (found := self.relation(path, homes)) is not None}
        for relation in (*sorted(known), *((also,) if also else ())):
            for name, column in self.columns(relation).items():
                if every or name in words:
                    yield column.id

    def name(self, record: Id | None) -> str:
        """Return the name of a record; empty where there is none."""
        found = self.design.get(record) if record else None
        return found.name if isinstance(found, Named) else ""


def _column_words(node: Node) -> tuple[set[str], bool]:
    """Return the names in a tree that may be those of columns, and whether all columns of a relation are meant."""
    words: set[str] = set()
    every = False
    for key, inner in walk(node):
        if key == "ColumnRef":
            words |= {each["String"].get("sval", "") for each in inner["fields"] if "String" in each}
        elif key == "ResTarget" and "name" in inner:
            words.add(inner["name"])
        elif key == "usingClause" and isinstance(inner, list):
            words |= set(strings(inner))
        every |= key == "A_Star" or (key == "InsertStmt" and "cols" not in inner)
    return words, every


def takes(routine: Routine, count: int) -> bool:
    """Say whether a routine can be called with so many arguments."""
    _, node = read(routine.text.text.rstrip().rstrip(";"))
    parameters = [each["FunctionParameter"] for each in node.get("parameters", ()) if "FunctionParameter" in each]
    if routine.routine_kind == "aggregate" or not node:
        return True
    taken = [each for each in parameters if each.get("mode") not in ("FUNC_PARAM_OUT", "FUNC_PARAM_TABLE")]
    needed = sum("defexpr" not in each for each in taken)
    variadic = any(each.get("mode") == "FUNC_PARAM_VARIADIC" for each in taken)
    return needed - variadic <= count and (variadic or count <= len(taken))


def inputs(routine: Routine) -> list[Path]:
    """Return the types of the arguments of a routine, without their schemas."""
    _, node = read(routine.text.text.rstrip().rstrip(";"))
    given = node.get("parameters") or (node.get("args") or [{}])[0].get("List", {}).get("items", ())
    parameters = [each["FunctionParameter"] for each in given if "FunctionParameter" in each]
    return [
        strings(each["argType"]["names"])[-1:]
        for each in parameters
        if each.get("mode") not in ("FUNC_PARAM_OUT", "FUNC_PARAM_TABLE")
    ]
