"""What the GRANT and REVOKE statements of one side amount to: who may do what with which object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from designer.evolution.facts import FactId
from designer.evolution.postgres.kept_kinds import role_words
from designer.evolution.postgres.lookup import Lookup
from designer.evolution.postgres.trees import Node, arguments, dotted, quote, relation, strings
from designer.evolution.postgres.types import SERIALS
from designer.schema import Sequence, Statement, Table, View
from exporters.ddl.names import generated_name

OF_ALL = {
    "TABLE": ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"),
    "SEQUENCE": ("USAGE", "SELECT", "UPDATE"), "SCHEMA": ("USAGE", "CREATE"), "FUNCTION": ("EXECUTE",),
    "DATABASE": ("CREATE", "CONNECT", "TEMPORARY"), "TYPE": ("USAGE",), "LANGUAGE": ("USAGE",),
    "FOREIGN DATA WRAPPER": ("USAGE",), "FOREIGN SERVER": ("USAGE",), "LARGE OBJECT": ("SELECT", "UPDATE"),
    "TABLESPACE": ("CREATE",), "PARAMETER": ("SET", "ALTER SYSTEM"),
}  # fmt: skip
"""Kind of object -> what ALL stands for."""
_OF_COLUMN = ("SELECT", "INSERT", "UPDATE", "REFERENCES")
_KINDS = {
    "OBJECT_TABLE": "TABLE", "OBJECT_SEQUENCE": "SEQUENCE", "OBJECT_SCHEMA": "SCHEMA", "OBJECT_FUNCTION": "FUNCTION",
    "OBJECT_PROCEDURE": "FUNCTION", "OBJECT_ROUTINE": "FUNCTION", "OBJECT_DATABASE": "DATABASE", "OBJECT_TYPE": "TYPE",
    "OBJECT_DOMAIN": "TYPE", "OBJECT_LANGUAGE": "LANGUAGE", "OBJECT_FDW": "FOREIGN DATA WRAPPER",
    "OBJECT_FOREIGN_SERVER": "FOREIGN SERVER", "OBJECT_LARGEOBJECT": "LARGE OBJECT", "OBJECT_TABLESPACE": "TABLESPACE",
    "OBJECT_PARAMETER_ACL": "PARAMETER",
}  # fmt: skip
EVERYBODY = "PUBLIC"
_GIVEN = {"FUNCTION": ("EXECUTE",), "TYPE": ("USAGE",), "LANGUAGE": ("USAGE",), "DATABASE": ("CONNECT", "TEMPORARY")}
"""What everybody may do with an object that nobody said anything about."""


@dataclass(frozen=True)
class Subject:
    """What privileges are on: an object, or a column of one. `path` is its name where no record is known."""

    kind: str
    object: FactId | None
    path: str
    column: FactId | None = None
    column_name: str = ""
    schema_public: bool = False

    def given(self, role: str) -> tuple[str, ...]:
        """Return what a role may do with it from the start."""
        if role != EVERYBODY or self.column_name:
            return ()
        return ("USAGE",) if self.schema_public else _GIVEN.get(self.kind, ())


@dataclass
class Held:
    """What one role may do with one subject: privilege -> whether it may pass it on. `record` said so last."""

    subject: Subject
    role: str
    record: Statement
    may: dict[str, bool] = field(default_factory=dict)


class Privileges:
    """The net of all grants of one side."""

    def __init__(self, look: Lookup, has_maintain: bool):
        self.look = look
        self.has_maintain = has_maintain
        self.held: dict[tuple[object, ...], Held] = {}

    def take(self, record: Statement, node: Node) -> None:
        """Take a GRANT or REVOKE in."""
        homes = self.look.homes(record)
        for subject in self.subjects(node, homes):
            for columns, privileges in self.privileges(node, subject.kind):
                for each in self.of_columns(subject, columns):
                    for grantee in node.get("grantees", ()):
                        self.set(record, node, each, role_words(grantee["RoleSpec"]), privileges)

    def set(self, record: Statement, node: Node, subject: Subject, role: str, privileges: Iterable[str]) -> None:
        """Give or take privileges."""
        key = (subject.kind, subject.object or subject.path, subject.column or subject.column_name, role)
        held = self.held.get(key)
        if held is None:
            held = self.held[key] = Held(subject, role, record, dict.fromkeys(subject.given(role), False))
        option = bool(node.get("grant_option"))
        for privilege in privileges:
            if node.get("is_grant"):
                held.may[privilege] = option or held.may.get(privilege, False)
                held.record = record
            elif option and privilege in held.may:
                held.may[privilege] = False
            elif not option:
                held.may.pop(privilege, None)
                held.record = record

    def privileges(self, node: Node, kind: str) -> Iterator[tuple[list[str], list[str]]]:
        """Yield columns and the privileges on them; no columns for those on the whole."""
        if not node.get("privileges"):
            yield [], self.all_of(kind)
        for each in node.get("privileges", ()):
            fields = each["AccessPriv"]
            columns = list(strings(fields.get("cols")))
            names = [fields["priv_name"].upper()] if "priv_name" in fields else []
            names = ["TEMPORARY" if name == "TEMP" else name for name in names]
            yield columns, names or (list(_OF_COLUMN) if columns else self.all_of(kind))

    def all_of(self, kind: str) -> list[str]:
        """Return what ALL stands for, on this server."""
        return [each for each in OF_ALL.get(kind, ("USAGE",)) if each != "MAINTAIN" or self.has_maintain]

    def of_columns(self, subject: Subject, columns: list[str]) -> Iterator[Subject]:
        """Yield the columns of a subject, or itself where none are named."""
        if not columns:
            yield subject
        known = self.look.columns(subject.object) if subject.object and columns else {}
        for name in columns:
            column = known[name].id if name in known else None
            yield Subject(subject.kind, subject.object, subject.path, column, name)

    def subjects(self, node: Node, homes: tuple[str, ...]) -> Iterator[Subject]:
        """Yield what a statement is about, ALL … IN SCHEMA spelled out."""
        kind = _KINDS.get(node.get("objtype", ""), "")
        if node.get("targtype") == "ACL_TARGET_ALL_IN_SCHEMA":
            for schema in strings(node.get("objects")):
                yield from self.all_in(kind, schema)
            return
        for each in node.get("objects", ()):
            yield self.subject(kind, each, homes)

    def all_in(self, kind: str, schema: str) -> Iterator[Subject]:
        """Yield all tables, sequences or routines of a schema."""
        if kind == "FUNCTION":
            for (home, _), routines in self.look.routines.items():
                yield from (Subject(kind, each.id, "") for each in routines if home == schema)
            return
        if kind == "SEQUENCE":
            yield from self.implied_in(schema)
        kinds = (Sequence,) if kind == "SEQUENCE" else (Table, View)
        for (home, name), record in self.look.relations.items():
            if home == schema and isinstance(record, kinds):
                yield Subject(kind, record.id, dotted((home, name)))

    def implied_in(self, schema: str) -> Iterator[Subject]:
        """Yield the sequences that columns with numbers of their own bring along."""
        for (home, name), record in self.look.relations.items():
            if home == schema and isinstance(record, Table):
                for column in self.look.columns(record.id).values():
                    if column.identity or column.type.lower() in SERIALS:
                        yield Subject("SEQUENCE", None, dotted((home, generated_name(name, column.name, "seq"))))

    def subject(self, kind: str, node: Node, homes: tuple[str, ...]) -> Subject:
        """Return what one item of a statement names."""
        ((tag, fields),) = node.items()
        if tag == "RangeVar":
            record = self.look.relation(relation(fields), homes)
            known = "SEQUENCE" if isinstance(record, Sequence) else "TABLE" if record is not None else kind
            return Subject(known, record.id if record is not None else None, dotted(relation(fields)))
        if tag == "ObjectWithArgs":
            routine = self.look.overload(fields, homes)
            path = f"{dotted(strings(fields['objname']))}{arguments(fields)}"
            return Subject(kind, routine.id if routine is not None else None, path)
        if tag == "String":
            return self.single(kind, fields.get("sval", ""))
        names = strings(fields.get("items") or fields.get("names"))
        found = self.look.type(names, homes) if names else None
        return Subject(kind, found.id if found is not None else None, dotted(names) if names else str(fields))

    def single(self, kind: str, name: str) -> Subject:
        """Return what is called by one name: a schema, a server."""
        schema = self.look.schemas.get(name) if kind == "SCHEMA" else None
        is_public = kind == "SCHEMA" and name == "public"
        return Subject(kind, schema.id if schema is not None else None, quote(name), schema_public=is_public)
