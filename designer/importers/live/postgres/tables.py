"""Tables of every kind: plain, typed, inheriting, partitioned, partitions, foreign."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.postgres import tables_sql
from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.columns import Columns, states
from designer.importers.live.postgres.pieces import Piece, Rank, Split
from designer.importers.live.postgres.words import (
    Row,
    generic_options,
    in_parentheses,
    name,
    options,
    qualified,
)

SECTIONS = tables_sql.SECTIONS


def pieces(catalog: Catalog) -> Iterator[Piece]:
    columns = Columns(catalog)
    checks = catalog.grouped("constraints", "relation")
    for row in catalog.rows("tables"):
        inside = [each for each in checks.get((row["oid"],), []) if each["kind"] == "c"]
        writer = _Writer(catalog, columns, row, inside)
        yield writer.piece()
        yield from writer.not_nulls_later()
        if row.get("partition") and row.get("parents"):
            yield _attached(row)


class _Writer:
    """Writes one table, with or without the defaults and checks that have to wait."""

    def __init__(self, catalog: Catalog, columns: Columns, row: Row, checks: list[Row]):
        self.catalog = catalog
        self.row = row
        self.identity = qualified(row)
        self.columns = columns.of(row["oid"])
        self.not_nulls = columns.not_nulls(row["oid"])
        self.parents = columns.inherited(row.get("parent_oids") or ())
        self.checks = [each for each in checks if each["valid"] and (each["local"] or row.get("partition"))]

    def piece(self) -> Piece:
        return self._piece(frozenset(), self._split)

    def _piece(self, waiting: frozenset[str], split: Split | None = None) -> Piece:
        """Return the table without the parts (`d3` a default, `k16400` a check) that wait."""
        key = f"c{self.row['oid']}"
        needs = {
            on for on, parts in self.catalog.needs.get(key, {}).items() if not parts or "" in parts or parts - waiting
        }
        if not self.row.get("partition"):
            needs |= {f"c{oid}" for oid in self.row.get("parent_oids") or ()}
        sorted_by = f"{self.row['schema']}.{self.row['name']}"
        return Piece(key, Rank.TABLE, sorted_by, self._text(waiting), needs, split)

    def _split(self, circle: set[str]) -> list[Piece]:
        """Return the table and, each for itself, the defaults and checks that need what needs the table."""
        key = f"c{self.row['oid']}"
        parts = {
            part for on, each in self.catalog.needs.get(key, {}).items() if on in circle for part in each if part
        } & self._separable()
        later = [self._default_later(column) for column in self.columns if f"d{column['number']}" in parts]
        later += [self._check_later(check) for check in self.checks if f"k{check['oid']}" in parts]
        head = self._piece(frozenset(parts))
        if not parts:
            head.needs -= circle
        return [head, *later]

    def _separable(self) -> set[str]:
        defaults = {f"d{each['number']}" for each in self.columns if not each.get("generated")}
        return defaults | {f"k{each['oid']}" for each in self.checks}

    def _needing(self, part: str) -> set[str]:
        key = f"c{self.row['oid']}"
        return {key} | {on for on, parts in self.catalog.needs.get(key, {}).items() if part in parts}

    def _default_later(self, column: Row) -> Piece:
        part = f"d{column['number']}"
        text = f"{self._alter()} ALTER COLUMN {name(column['name'])} SET DEFAULT {column['default']};\n"
        return Piece(f"c{self.row['oid']} {part}", Rank.DEFAULT, self.identity, text, self._needing(part))

    def _check_later(self, check: Row) -> Piece:
        text = (
            f"ALTER {self._kind()} {self.identity}\n    ADD CONSTRAINT {name(check['name'])} {check['definition']};\n"
        )
        text += self.catalog.remarks("k", check, "CONSTRAINT", f"{name(check['name'])} ON {self.identity}")
        part = f"k{check['oid']}"
        return Piece(part, Rank.CONSTRAINT, self.identity, text, self._needing(part))

    def not_nulls_later(self) -> Iterator[Piece]:
        """The NOT NULL constraints that existing rows need not meet."""
        for number, row in self.not_nulls.items():
            if not row["valid"]:
                text = f"ALTER {self._kind()} {self.identity}\n    ADD CONSTRAINT {name(row['name'])} "
                text += f"NOT NULL {name(self._name_of(number))}" + (" NO INHERIT" if row.get("no_inherit") else "")
                text += " NOT VALID;\n" + self.catalog.remarks(
                    "k", row, "CONSTRAINT", f"{name(row['name'])} ON {self.identity}"
                )
                yield Piece(f"k{row['oid']}", Rank.CONSTRAINT, self.identity, text, {f"c{self.row['oid']}"})

    def _alter(self) -> str:
        return f"ALTER {self._kind()} ONLY {self.identity}"

    def _kind(self) -> str:
        return "FOREIGN TABLE" if self.row["kind"] == "f" else "TABLE"

    def _text(self, waiting: frozenset[str]) -> str:
        text = self._create(waiting) + ";\n"
        text += "".join(self._column_states())
        text += self._row_security()
        numbered = [(column["number"], column["name"]) for column in self.columns]
        text += self.catalog.remarks("c", self.row, self._kind(), self.identity, numbered)
        written = [each for each in self.not_nulls.values() if each["valid"]]
        for check in [each for each in self.checks if f"k{each['oid']}" not in waiting] + written:
            text += self.catalog.remarks("k", check, "CONSTRAINT", f"{name(check['name'])} ON {self.identity}")
        return text

    def _create(self, waiting: frozenset[str]) -> str:
        row = self.row
        kind = {"u": "UNLOGGED TABLE", "t": "TEMPORARY TABLE"}.get(row.get("persistence", ""), self._kind())
        text = f"CREATE {kind} {self.identity}"
        text += f" OF {row['of_type']}" if row.get("of_type") else ""
        inner = self._columns(waiting) + self._inner_constraints(waiting)
        if inner:
            text += " (\n    " + ",\n    ".join(inner) + "\n)"
        elif not row.get("of_type"):
            text += " (\n)"
        if row.get("parents") and not row.get("partition"):
            text += f"\nINHERITS ({', '.join(row['parents'])})"
        text += f"\nPARTITION BY {row['partition_key']}" if row.get("partition_key") else ""
        return text + self._tail()

    def _tail(self) -> str:
        row = self.row
        if row.get("server"):
            return f"\nSERVER {name(row['server'])}" + generic_options(row.get("foreign_options") or ())
        text = f"\nUSING {name(row['method'])}" if row.get("method") else ""
        stored = options(row.get("options") or ()) + options(row.get("toast_options") or (), "toast.")
        text += in_parentheses("\nWITH", stored)
        return text + (f"\nTABLESPACE {name(row['tablespace'])}" if row.get("tablespace") else "")

    def _printed(self) -> list[Row]:
        """The columns that the table says itself; those that it only inherits are its parents'."""
        if self.row.get("partition"):
            return self.columns
        if self.row.get("of_type"):
            return [each for each in self.columns if each.get("default") is not None or each.get("not_null")]
        return [each for each in self.columns if each.get("local", True)]

    def _columns(self, waiting: frozenset[str]) -> list[str]:
        typed = bool(self.row.get("of_type")) and not self.row.get("partition")
        return [self._column(column, typed, f"d{column['number']}" in waiting) for column in self._printed()]

    def _column(self, column: Row, typed: bool, default_waits: bool) -> str:
        text = f"{name(column['name'])} " + ("" if typed else column["type"])
        text = text.rstrip() + (f" COLLATE {column['collation']}" if column.get("collation") and not typed else "")
        value = self._default(column)
        if column.get("generated"):
            text += f" GENERATED ALWAYS AS ({value})" + (" STORED" if column["generated"] == "s" else "")
        elif value is not None and not default_waits:
            text += f" DEFAULT {value}"
        return text + self._not_null(column)

    def _not_null(self, column: Row) -> str:
        named = self.not_nulls.get(column["number"])
        if not column.get("not_null") or (
            named and not (named["valid"] and (named["local"] or self.row.get("partition")))
        ):
            return ""
        return f" {self._named(column['number'])}NOT NULL" + (
            " NO INHERIT" if named and named.get("no_inherit") else ""
        )

    def _inner_constraints(self, waiting: frozenset[str]) -> list[str]:
        """Return checks, and the NOT NULL that a table adds to a column it only inherits."""
        printed = {column["number"] for column in self._printed()}
        added = [
            self._named(number) + f"NOT NULL {name(self._name_of(number))}"
            for number, each in self.not_nulls.items()
            if number not in printed and each["local"] and each["valid"]
        ]
        return added + [
            f"CONSTRAINT {name(check['name'])} {check['definition']}"
            for check in self.checks
            if f"k{check['oid']}" not in waiting
        ]

    def _named(self, number: int) -> str:
        """Return the `CONSTRAINT name` of a NOT NULL, where it is not the name that the server gives."""
        named = self.not_nulls.get(number)
        usual = f"{self.row['name']}_{self._name_of(number)}_not_null"
        return f"CONSTRAINT {name(named['name'])} " if named and named["name"] != usual else ""

    def _name_of(self, number: int) -> str:
        return str(next(each["name"] for each in self.columns if each["number"] == number))

    def _column_states(self) -> Iterator[str]:
        printed = {column["number"] for column in self._printed()}
        for column in self.columns:
            head = f"{self._alter()} ALTER COLUMN {name(column['name'])}"
            if column["number"] not in printed:
                yield from self._overrides(head, column)
            yield from states(head, column)

    def _default(self, column: Row) -> str | None:
        """Return the default of a column; NULL where it has none although it would inherit one."""
        inherited = self.parents.get(column["name"], {})
        taken = inherited.get("default") is not None and not inherited.get("generated")
        value: str | None = column.get("default")
        return "NULL" if value is None and taken else value

    def _overrides(self, head: str, column: Row) -> Iterator[str]:
        """What the table says otherwise of a column that it inherits."""
        inherited = self.parents.get(column["name"], {})
        value = self._default(column)
        if value is not None and not column.get("generated"):
            yield f"{head} SET DEFAULT {value};\n"
        if column.get("not_null") and not inherited.get("not_null") and column["number"] not in self.not_nulls:
            yield f"{head} SET NOT NULL;\n"

    def _row_security(self) -> str:
        text = ""
        if self.row.get("row_security"):
            text += f"ALTER TABLE {self.identity} ENABLE ROW LEVEL SECURITY;\n"
        if self.row.get("force_row_security"):
            text += f"ALTER TABLE ONLY {self.identity} FORCE ROW LEVEL SECURITY;\n"
        identity = self.row.get("replica_identity")
        if self.row["kind"] != "f" and identity in ("f", "n"):
            text += f"ALTER TABLE ONLY {self.identity} REPLICA IDENTITY {'FULL' if identity == 'f' else 'NOTHING'};\n"
        return text


def _attached(row: Row) -> Piece:
    parent = row["parents"][0]
    text = f"ALTER TABLE ONLY {parent} ATTACH PARTITION {qualified(row)} {row['bound']};\n"
    needs = {f"c{row['oid']}", f"c{row['parent_oids'][0]}"}
    return Piece(f"attach c{row['oid']}", Rank.ATTACH, f"{row['schema']}.{row['name']}", text, needs)
