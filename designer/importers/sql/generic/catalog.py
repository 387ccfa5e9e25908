"""The database as it stands after the statements read so far."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.sql.generic.drafts import (
    Extra,
    ForeignKeyDraft,
    IndexDraft,
    Item,
    KeyDraft,
    RoutineDraft,
    SequenceDraft,
    StatementDraft,
    TableDraft,
    ViewDraft,
)
from designer.importers.sql.generic.flavours import Flavour
from designer.importers.sql.generic.mentions import table_renamed, unqualified
from designer.importers.sql.generic.session import Session

Relation = TableDraft | ViewDraft | SequenceDraft
Key = tuple[str, str]


def indexes_of(table: TableDraft) -> list[KeyDraft | IndexDraft]:
    """Return the keys and indexes of a table."""
    return [each for each in table.constraints if isinstance(each, KeyDraft | IndexDraft)]


def has_index(table: TableDraft, name: str) -> bool:
    """Say whether a table has a key or index of that name."""
    return any(each.name.lower() == name.lower() for each in indexes_of(table))


class Catalog:
    """Tables, views and the rest by name, in the order in which they were made.

    Names are looked up as the server does; where that finds nothing, a table of another schema or with other case is
    taken if there is exactly one, because dumps are often read back under another database name or system.
    """

    def __init__(self, flavour: Flavour):
        self.flavour = flavour
        self.schema = ""
        """What unqualified names go to: empty, unless the script uses several databases."""
        self._relations: dict[Key, Relation] = {}
        self._by_lower_name: dict[str, list[Relation]] = {}
        self._routines: dict[tuple[str, str, str], RoutineDraft] = {}
        self._items: dict[int, Item] = {}
        self._indexes: dict[tuple[int, str], TableDraft] = {}
        self._claimed_from: set[int] = set()
        self._schemas: set[str] = set()
        self.own = ""
        """The one database that the script is about, where it names it: its name before another says nothing."""
        self.databases: dict[str, Extra] = {}
        """Name of a database -> its character set and collation, which a table takes that says none."""
        self.session = Session()
        self.virtual: dict[str, str] = {}
        """SQLite's virtual tables: name in lower case -> module."""
        self.made: dict[str, StatementDraft] = {}
        """Relations that only kept statements make: name in lower case -> the statement."""

    def _key(self, schema: str, name: str) -> Key:
        fold = self.flavour.fold_table
        return fold(schema or self.schema), fold(name)

    def exact(self, schema: str, name: str) -> Relation | None:
        """Return the relation that the server would find, or None."""
        return self._relations.get(self._key(schema, name))

    def find(self, schema: str, name: str) -> Relation | None:
        """Return the relation of that name, or the only one that can be meant."""
        found = self.exact(schema, name)
        if found is not None:
            return found
        alike = self._by_lower_name.get(name.lower(), ())
        if schema:
            alike = [each for each in alike if not each.schema or each.schema.lower() == schema.lower()]
        return alike[0] if len(alike) == 1 else None

    def table(self, schema: str, name: str) -> TableDraft | None:
        """Return the table of that name."""
        found = self.find(schema, name)
        return found if isinstance(found, TableDraft) else None

    def has_schema(self, name: str) -> bool:
        """Say whether anything was made with this name of a schema."""
        return name in self._schemas

    def database(self, name: str) -> Extra:
        """Return the defaults of a database; without a name those of the one that the script is in."""
        return self.databases.get(name or self.schema) or next(reversed(self.databases.values()), {})

    def add(self, relation: Relation) -> None:
        """Put in a table, view or sequence."""
        relation.schema = relation.schema or self.schema
        self._schemas.add(relation.schema)
        self._relations[self._key(relation.schema, relation.name)] = relation
        self._by_lower_name.setdefault(relation.name.lower(), []).append(relation)
        self._items[id(relation)] = relation

    def remove(self, relation: Relation) -> None:
        """Take out a table, view or sequence."""
        self._relations.pop(self._key(relation.schema, relation.name), None)
        alike = self._by_lower_name[relation.name.lower()]
        alike[:] = [each for each in alike if each is not relation]
        self._items.pop(id(relation), None)

    def rename(self, relation: Relation, schema: str, name: str) -> None:
        """Give a table another name; foreign keys to it follow."""
        for key in self._keys_to(relation):
            key.ref_schema, key.ref_table = schema or key.ref_schema, name
        if self.flavour.sqlite:
            self._rewrite(relation.name, name)
        place = list(self._items)
        self.remove(relation)
        relation.schema, relation.name = schema or relation.schema, name
        self.add(relation)
        self._items = {key: relation if key == id(relation) else self._items[key] for key in place}

    def _rewrite(self, old: str, new: str) -> None:
        """Write the new name of a table into triggers and views."""
        for owner in self.relations():
            for trigger in owner.triggers:
                trigger.text = table_renamed(trigger.text, old, new, self.flavour)
            if isinstance(owner, ViewDraft):
                owner.query = table_renamed(owner.query, old, new, self.flavour)

    def _keys_to(self, relation: Relation) -> list[ForeignKeyDraft]:
        return [
            each
            for table in self.tables()
            for each in table.constraints
            if isinstance(each, ForeignKeyDraft)
            and self.find(each.ref_schema or table.schema, each.ref_table) is relation
        ]

    def foreign_keys_to(self, table: TableDraft) -> list[ForeignKeyDraft]:
        """Return the foreign keys that refer to a table."""
        return self._keys_to(table)

    def routine(self, schema: str, kind: str, name: str) -> RoutineDraft | None:
        """Return a function, procedure or package."""
        return self._routines.get((schema or self.schema, kind, name.lower()))

    def add_routine(self, routine: RoutineDraft) -> None:
        """Put in a function, procedure or package."""
        routine.schema = routine.schema or self.schema
        self._routines[routine.schema, routine.kind, routine.name.lower()] = routine
        self._items[id(routine)] = routine

    def remove_routine(self, routine: RoutineDraft) -> None:
        """Take out a function, procedure or package."""
        self._routines.pop((routine.schema, routine.kind, routine.name.lower()), None)
        self._items.pop(id(routine), None)

    def has(self, name: str) -> bool:
        """Say whether a table, view, sequence or routine of that name is there."""
        return name.lower() in self._by_lower_name or self.routine_named(name) is not None

    def plain(self, text: str) -> str:
        """Return an expression or query without the name of the script's own database."""
        return text if self.has_schema(self.own) else unqualified(text, self.flavour, self.own, self.has)

    def routine_named(self, name: str) -> RoutineDraft | None:
        """Return the function of that name in any schema."""
        return next((each for key, each in self._routines.items() if key[2] == name.lower()), None)

    def claim_index(self, name: str, table: TableDraft) -> bool:
        """Take a name for an index, and say whether it was free.

        Index names are unique in a table of MySQL, and in a whole database of SQLite. What an index was once made
        with is remembered; whether the index is still there is looked up only where the name comes again.
        """
        scope = id(table) if self.flavour.mysql else 0
        if self.flavour.mysql and scope not in self._claimed_from:
            self._claimed_from.add(scope)
            self._indexes.update({(scope, each.name.lower()): table for each in indexes_of(table) if each.name})
        holder = self._indexes.get((scope, name.lower()))
        if holder is not None and id(holder) in self._items and has_index(holder, name):
            return False
        self._indexes[scope, name.lower()] = table
        return True

    def keep(self, statement: StatementDraft, makes: str = "") -> None:
        """Keep a statement verbatim; `makes` is the relation that it makes, which a DROP takes out again."""
        self._items[id(statement)] = statement
        if makes:
            self.made[makes.lower()] = statement

    def unmake(self, name: str) -> bool:
        """Take out the kept statement that makes a relation, and say whether there was one."""
        found = self.made.pop(name.lower(), None)
        self.virtual.pop(name.lower(), None)
        self.forget(found)
        return found is not None

    def forget(self, statement: StatementDraft | None) -> None:
        """Keep a statement no longer."""
        self._items.pop(id(statement), None)

    def items(self) -> list[Item]:
        """Return everything that is there, in the order in which it was made."""
        return list(self._items.values())

    def tables(self) -> Iterator[TableDraft]:
        """Yield the tables."""
        return (each for each in list(self._items.values()) if isinstance(each, TableDraft))

    def relations(self) -> Iterator[TableDraft | ViewDraft]:
        """Yield the tables and views."""
        return (each for each in list(self._items.values()) if isinstance(each, TableDraft | ViewDraft))
