"""DBML declarations as records."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from designer.dialects.base import Dialect, words
from designer.dialects.registry import ALIASES, DIALECTS
from designer.importers.building import Build
from designer.importers.contract import ImportProblem, Outcome
from designer.importers.dbml.grammar import (
    ColumnText,
    Document,
    End,
    EnumText,
    IndexText,
    Name,
    RefText,
    TableText,
    Value,
)
from designer.importers.dbml.lexer import Token
from designer.importers.dbml.picture import draw
from designer.schema import Check, Column, EnumType, Expr, Id, Index, IndexPart, Key, Table

_ACTIONS = {"cascade": "cascade", "restrict": "restrict", "set null": "set null", "set default": "set default"}
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_SAID = words("pk unique increment default note ref check name type headercolor color delete update null") | {
    "primary key",
    "not null",
}


def database_of(document: Document) -> str:
    """Return the dialect that a project names, empty where it names none that is known."""
    wanted = re.sub(r"[^a-z0-9]", "", document.database.lower())
    name = ALIASES.get(wanted, wanted)
    return name if name in DIALECTS else ""


class Builder:
    """Makes the records of one document."""

    def __init__(self, build: Build, document: Document):
        self.build = build
        self.document = document
        self.tables: dict[Name, Table] = {}
        self.enums: dict[Name, EnumType] = {}
        self.columns: dict[tuple[Id, str], Column] = {}
        self.pending: list[tuple[RefText, bool]] = []

    @property
    def dialect(self) -> Dialect:
        return self.build.dialect

    def run(self) -> None:
        """Make everything: what is referred to comes before what refers."""
        for enum in self.document.enums:
            self._enum(enum)
        for table in self.document.tables:
            self._table(table)
        self.pending += [(ref, False) for ref in self.document.refs]
        for ref, inline in self.pending:
            self._reference(ref, inline)
        draw(self.build, self.document, self.tables)
        for word, token in self.document.passed_over:
            self.build.tell(Outcome.SKIPPED, word, "rows and views are no part of a schema", token.line, token.column)

    def _tell(self, outcome: Outcome, what: str, token: Token, message: str = "") -> None:
        self.build.tell(outcome, what, message, token.line, token.column)

    # Enums and tables

    def _enum(self, enum: EnumText) -> None:
        key = _key(enum.name)
        if key in self.enums:
            raise ImportProblem(f"there are two enums called {enum.name[1]}", enum.token.line, enum.token.column)
        self.enums[key] = self.build.enum(enum.name[1], list(dict.fromkeys(enum.values)), enum.name[0])
        self._tell(Outcome.IMPORTED, f"Enum {enum.name[1]}", enum.token)

    def _table(self, text: TableText) -> None:
        key = _key(text.name)
        if key in self.tables:
            raise ImportProblem(f"there are two tables called {text.name[1]}", text.token.line, text.token.column)
        table = self.build.table(text.name[1], text.name[0], text.note)
        self.tables[key] = table
        if text.alias:
            self.tables.setdefault(("", text.alias), table)
        self._members(table, text)
        self._tell(Outcome.IMPORTED, f"Table {text.name[1]}", text.token)

    def _members(self, table: Table, text: TableText) -> None:
        columns, indexes, checks, note = self._with_partials(text)
        primary = [self._column(table, each) for each in columns.values()]
        keys = [column for column in primary if column is not None]
        if keys:
            self.build.key(table.id, keys, primary=True)
        for index in indexes:
            self._index(table, index)
        for check in checks:
            for kind, written in check.parts:
                if kind == "expression":
                    self._check(table, written, _string(check.settings, "name"))
        if note and not table.comment:
            self.build.put(msgspec.structs.replace(table, comment=note))

    def _with_partials(self, text: TableText) -> tuple[dict[str, ColumnText], list[IndexText], list[IndexText], str]:
        """Return the members of a table with those of its partials; what it says itself wins, then the last partial."""
        columns: dict[str, ColumnText] = {}
        indexes, checks, note = list(text.indexes), list(text.checks), ""
        own = {member.name for member in text.members if isinstance(member, ColumnText)}
        for member in text.members:
            if isinstance(member, ColumnText):
                if member.name in columns and columns[member.name] in text.members:
                    where = member.token
                    raise ImportProblem(
                        f"{text.name[1]} has two columns called {member.name}", where.line, where.column
                    )
                columns[member.name] = member
                continue
            partial = self.document.partials.get(member)
            if partial is None:
                token = text.token
                raise ImportProblem(f"there is no TablePartial called {member}", token.line, token.column)
            columns |= {c.name: c for c in partial.members if isinstance(c, ColumnText) and c.name not in own}
            indexes += partial.indexes
            checks += partial.checks
            note = partial.note or note
        return columns, indexes, checks, note

    def _column(self, table: Table, text: ColumnText) -> Column | None:
        """Add a column; return it where it is part of the primary key."""
        said = dict(text.settings)
        primary = "pk" in said or "primary key" in said
        enum = self._enum_named(text.type_name)
        brackets = re.search(r"(?:\[\d*\])*$", text.type)
        column = self.build.column(
            table, text.name, text.type, nullable="not null" not in said and not primary,
            comment=_string(text.settings, "note"),
        )  # fmt: skip
        if enum is not None:
            column = self._of_enum(column, enum, brackets[0] if brackets else "")
        if "increment" in said:
            column = self.build.counting(column)
        if "default" in said:
            column = msgspec.structs.replace(column, default=Expr(self._default(said["default"])))
        self.build.put(column)
        self.columns[table.id, text.name] = column
        if "unique" in said and not primary:
            self.build.key(table.id, [column])
        self._settings_of(table, text)
        return column if primary else None

    def _of_enum(self, column: Column, enum: EnumType, brackets: str) -> Column:
        schema = next((name[0] for name, each in self.enums.items() if each is enum), "")
        prefix = f"{self.dialect.quote(schema)}." if schema not in ("", "public") else ""
        raw = prefix + self.dialect.quote(enum.name) + brackets
        return msgspec.structs.replace(column, type=raw, logical=f"other({raw})", type_ref=enum.id)

    def _enum_named(self, name: Name | None) -> EnumType | None:
        return self.enums.get(_key(name)) if name is not None else None

    def _settings_of(self, table: Table, text: ColumnText) -> None:
        for key, value in text.settings:
            if key == "ref" and value.ref is not None:
                own = End(self._name_of(table), [text.name], text.token)
                self.pending.append((RefText("", own, value.sign, value.ref, [], text.token), True))
            elif key == "check":
                self._check(table, value.text, "")
            elif key not in _SAID:
                self._tell(Outcome.WARNING, text.name, text.token, f"the setting {key!r} is not known and is left out")

    def _name_of(self, table: Table) -> Name:
        return next(name for name, each in self.tables.items() if each is table)

    def _default(self, value: Value) -> str:
        if value.kind == "string":
            return self.dialect.literal(value.text)
        text = value.text
        if value.kind == "expression" or _NUMBER.fullmatch(text) or text.lower() in ("true", "false", "null"):
            return text
        return self.dialect.literal(text.rpartition(".")[2])  # a value of an enum: `status.active`

    def _check(self, table: Table, text: str, name: str) -> None:
        place = self.build.place(table.id, Check)
        self.build.put(Check(id=self.build.ids(), parent=table.id, name=name, expr=Expr(text), order=place))

    def _index(self, table: Table, index: IndexText) -> None:
        said = dict(index.settings)
        parts = [self._part(table, kind, written, index.token) for kind, written in index.parts]
        columns = [self.build.records[part.column] for part in parts if part.column]
        plain = [each for each in columns if isinstance(each, Column)]
        name, note = _string(index.settings, "name"), _string(index.settings, "note")
        made: Key | Index
        if ("pk" in said or "unique" in said) and len(plain) == len(parts) and "type" not in said:
            made = self.build.key(table.id, plain, primary="pk" in said, name=name)
        else:
            made = Index(
                id=self.build.ids(), parent=table.id, name=name, unique="unique" in said, parts=tuple(parts),
                method=_string(index.settings, "type"), order=self.build.place(table.id, Index),
            )  # fmt: skip
        self.build.put(msgspec.structs.replace(made, comment=note))

    def _part(self, table: Table, kind: str, written: str, token: Token) -> IndexPart:
        if kind == "expression":
            return IndexPart(expr=Expr(written))
        return IndexPart(column=self._column_of(table, written, token).id)

    def _column_of(self, table: Table, name: str, token: Token) -> Column:
        column = self.columns.get((table.id, name))
        if column is None:
            raise ImportProblem(f"{table.name} has no column {name}", token.line, token.column)
        return column

    # References

    def _reference(self, ref: RefText, inline: bool) -> None:
        left, right = (self.tables.get(_key(end.table)) for end in (ref.left, ref.right))
        if ref.sign == "<>":
            self._many_to_many(ref, left, right)
            return
        child, parent = (ref.right, ref.left) if self._right_refers(ref, left, right, inline) else (ref.left, ref.right)
        owner, target = self.tables.get(_key(child.table)), self.tables.get(_key(parent.table))
        if owner is None:
            message = f"there is no table {_dotted(child.table)}, so its reference to {parent.table[1]} is left out"
            self._tell(Outcome.WARNING, "Ref", ref.token, message)
            return
        columns = [self._column_of(owner, each, child.token) for each in child.columns]
        targets = [self._column_of(target, each, parent.token) for each in parent.columns] if target else []
        if target is not None and len(columns) != len(targets):
            raise ImportProblem("a reference has as many columns on both sides", ref.token.line, ref.token.column)
        made = self.build.foreign_key(owner.id, columns, target.id if target else None, targets)
        missing = {} if target else {"missing_table": _dotted(parent.table), "missing_columns": tuple(parent.columns)}
        said = dict(ref.settings)
        self.build.put(
            msgspec.structs.replace(
                made,
                name=ref.name,
                on_delete=_action(said.get("delete")),
                on_update=_action(said.get("update")),
                **missing,
            )
        )
        if ref.sign == "-" and not self.build.unique(owner.id, columns):
            self.build.key(owner.id, columns)
        if target is None:
            message = f"the table {_dotted(parent.table)} is not in the text; the reference to it is kept by name"
            self._tell(Outcome.WARNING, "Ref", ref.token, message)

    def _right_refers(self, ref: RefText, left: Table | None, right: Table | None, inline: bool) -> bool:
        """Say whether the foreign key is on the right: of `<` always, of `-` where only the left side is a key."""
        if ref.sign != "-" or inline or left is None or right is None:
            return ref.sign == "<"
        keys = [
            {c.name for c in self.build.primary(table.id)} == set(end.columns)
            for table, end in ((left, ref.left), (right, ref.right))
        ]
        return keys == [True, False]

    def _many_to_many(self, ref: RefText, left: Table | None, right: Table | None) -> None:
        """Make the table that a reference of many to many stands for."""
        if left is None or right is None:
            absent = _dotted(ref.left.table if left is None else ref.right.table)
            self._tell(Outcome.WARNING, "Ref", ref.token, f"there is no table {absent}, so the reference is left out")
            return
        taken = {table.name for table in self.tables.values()}
        name, number = f"{left.name}_{right.name}", 2
        while name in taken:
            name, number = f"{left.name}_{right.name}_{number}", number + 1
        link = self.build.table(name, ref.left.table[0])
        self.tables[ref.left.table[0], name] = link
        ends = [
            (table, [self._column_of(table, each, end.token) for each in end.columns])
            for table, end in ((left, ref.left), (right, ref.right))
        ]
        made = [[self._link_column(link, table, each) for each in columns] for table, columns in ends]
        self.build.key(link.id, [*made[0], *made[1]], primary=True)
        for (table, columns), own in zip(ends, made, strict=True):
            self.build.foreign_key(link.id, own, table.id, columns)
        self._tell(Outcome.WARNING, "Ref", ref.token, f"many to many became the table {name}")

    def _link_column(self, link: Table, table: Table, like: Column) -> Column:
        taken = {column.name for column in self.build.columns(link.id)}
        name = f"{table.name}_{like.name}"
        column = self.build.column(link, name if name not in taken else f"{name}_2", like.type, nullable=False)
        if like.type_ref:
            column = msgspec.structs.replace(column, type_ref=like.type_ref, logical=like.logical)
            self.build.put(column)
        return column


def _key(name: Name) -> Name:
    """`users` and `public.users` are one table in DBML."""
    return ("" if name[0] == "public" else name[0], name[1])


def _dotted(name: Name) -> str:
    return f"{name[0]}.{name[1]}" if name[0] else name[1]


def _string(settings: Sequence[tuple[str, Value]], key: str) -> str:
    return next((value.text for name, value in settings if name == key), "")


def _action(value: Value | None) -> str:
    return _ACTIONS.get(" ".join(value.text.lower().split()), "") if value is not None else ""
