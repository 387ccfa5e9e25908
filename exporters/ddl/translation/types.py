"""Types of columns: what a column holds, in dialect-free words, and what it is written as in the target."""

from __future__ import annotations

import re

from designer.dialects import features as can
from designer.dialects.logical import logical_type, raw_type
from designer.schema import Check, Column, CompositeType, DomainType, EnumType, ForeignKey, Id, Table
from exporters.ddl.translation.work import Work

SERIALS = {"smallserial": "smallint", "serial": "integer", "bigserial": "bigint"}
WHOLE = ("smallint", "integer", "bigint")
_WIDER = {"smallint": "integer", "integer": "bigint"}
_VALUE = re.compile(r"'((?:[^'\\]|''|\\.)*)'", re.DOTALL)
_IS_JSON = re.compile(r"\(*\s*json_valid\s*\(\s*[^()]+\s*\)\s*\)*\Z", re.IGNORECASE)
_PLACED = re.compile(r"(?:\w+\.)?(?:geometry|geography)\s*\(", re.IGNORECASE)
_LONGEST_BITS = 64
_MOST_DIGITS = {"postgresql": 1000, "mysql": 65, "sqlite": 1000}
_MOST_PLACES = {"postgresql": 1000, "mysql": 30, "sqlite": 1000}
_ARGUMENT = re.compile(r"\((\d+)\)")
_RANGES = frozenset({"int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange"})


class Types:
    """Finds the logical type of every column, and the raw type that says it in the target."""

    def __init__(self, work: Work):
        self.work = work
        self.referring = _references(work)
        self.unknown: set[Id] = set()
        """Columns of a type that has no dialect-free meaning; they are written as text."""
        self.said: set[Id] = set()
        """Checks that the types of the target go without."""

    def find(self) -> None:
        """Fill in the logical type of all columns."""
        for parts in self.work.catalog.hanging.values():
            for column in parts.columns:
                logical = self.meaning(column)
                if logical.startswith("other(") and not logical.endswith("]"):
                    self.unknown.add(column.id)
                    logical = "text"
                self.work.logical[column.id] = logical
            for check in parts.checks if self.work.source_family == "mysql" else ():
                self._json(check)
        if self.work.family == "mysql":
            for referring in list(self.referring):
                self._as_referred_to(referring)

    def _json(self, check: Check) -> None:
        """JSON is a text that is checked in MariaDB."""
        used = {use.id for use in check.expr.uses}
        if _IS_JSON.match(check.expr.text) and len(used) == 1:
            self.work.logical[used.pop()] = "json"
            self.said.add(check.id)

    def meaning(self, column: Column | DomainType) -> str:
        """Return the type of a column in dialect-free words; what it is a domain of, where it is of a domain."""
        named = self.work.type_of(column)
        brackets = "[]" * column.type.count("[]")
        if isinstance(named, DomainType):
            return self.meaning(named) + brackets
        if isinstance(named, EnumType):
            return f"enum({', '.join(map(_literal, named.values))})" + brackets
        if isinstance(named, CompositeType):
            return "json" + brackets
        if not column.type:
            return getattr(column, "logical", "") or self._referred_to(column)
        logical = self._widened(logical_type(column.type, self.work.source), column)
        return "smallint" if logical == "boolean" and self._is_counted_with(column) else logical

    def _is_counted_with(self, column: Column | DomainType) -> bool:
        """Say whether a tinyint(1) is no truth after all: its default is another number than 0 and 1."""
        text = column.default.text.strip("()' ") if column.default is not None else ""
        return self.work.source_family == "mysql" and text.lstrip("-").isdigit() and text not in ("0", "1")

    def _referred_to(self, column: Column | DomainType) -> str:
        """Return the type of the column that one without a type refers to; text where it refers to none."""
        target = self.work.column(self.referring.get(column.id))
        return self.meaning(target) if target is not None and target.type else "text"

    def _widened(self, logical: str, column: Column | DomainType) -> str:
        logical = SERIALS.get(logical, logical)
        unsigned = "unsigned" in column.type.lower() and self.work.source_family == "mysql"
        return _WIDER.get(logical, logical) if unsigned else logical

    def _as_referred_to(self, column: Id) -> None:
        """Both sides of a foreign key must be of one type there: the referring one becomes as the other."""
        seen, root = {column}, column
        while (above := self.referring.get(root)) is not None and above not in seen:
            seen.add(above)
            root = above
        theirs, mine = self.work.logical.get(root, ""), self.work.logical.get(column, "")
        if theirs and theirs != mine and not (_is_text(theirs) and _is_text(mine)):
            self.work.logical[column] = theirs

    # What is written

    def raw(self, column: Column) -> str:
        """Return the type of a column as the target writes it; what the type does not keep is noted."""
        work, logical = self.work, self.work.logical[column.id]
        self._note_named(column)
        if logical.startswith("bits(") and work.family == "mysql" and _argument(logical) > _LONGEST_BITS:
            work.lost("type", f"{work.target.title} has no {logical}; it is written as text of zeros and ones", column)
            return f"varchar({_argument(logical)})"
        if (
            logical.startswith("bits")
            and column.type.lower().startswith(("varbit", "bit varying"))
            and work.family != "postgresql"
        ):
            work.lost("type", f"{work.target.title} has bits of one length only; shorter ones are filled up", column)
        if _PLACED.match(column.type) and work.source_family == "postgresql":
            work.lost("type", f"which kind of shape it is, and its SRID, are left out of {column.type}", column)
        if logical.startswith("set(") and work.family == "sqlite":
            work.lost("type", "SQLite has no SET type; it is written as text, and any text is taken", column)
            return "text"
        if logical.startswith("enum(") and not logical.endswith("]") and not work.can(can.INLINE_ENUMS):
            return "text"
        if logical.startswith("enum(") and work.can(can.INLINE_ENUMS) and not logical.endswith("]"):
            return f"enum({', '.join(map(work.target.literal, labels(logical, work)))})"
        if name := self._odd_number(logical):
            work.lost("type", f"{work.target.title} has no {logical}; it is written without its digits", column)
            logical = name
        if column.id in self.unknown:
            self._note_unknown(column)
        raw, note = raw_type(logical, work.target)
        if note:
            work.lost("type", note, column)
        return raw

    def _odd_number(self, logical: str) -> str:
        """Return a decimal or text without its arguments where the target does not take these, else nothing."""
        name, _, arguments = logical.rstrip(")").partition("(")
        digits = arguments.split(",")
        if name == "decimal" and arguments and "]" not in logical:
            fine = all(each.isdigit() for each in digits) and 1 <= int(digits[0]) <= _MOST_DIGITS[self.work.family]
            scale = int(digits[1]) if fine and len(digits) > 1 else 0
            return "" if fine and scale <= min(int(digits[0]), _MOST_PLACES[self.work.family]) else name
        return name if name in ("string", "char") and digits == ["0"] and self.work.family == "postgresql" else ""

    def _note_unknown(self, column: Column) -> None:
        work = self.work
        written = raw_type("text", work.target)[0]
        name = column.type.partition("(")[0].lower()
        what = "has no ranges; the range" if name in _RANGES else f"has no type {column.type}; it"
        work.lost("type", f"{work.target.title} {what} is written as {written}", column)

    def _note_named(self, column: Column) -> None:
        work, named = self.work, self.work.type_of(column)
        if isinstance(named, DomainType):
            message = (
                f"{work.target.title} has no domains; it is written as what {named.name} is made of, with its checks"
            )
            work.lost("domain", message, column)
        if isinstance(named, CompositeType):
            work.lost("composite", f"{work.target.title} has no row types; {named.name} is written as JSON", column)

    # Conditions that the type stands for

    def conditions(self, column: Column) -> list[str]:
        """Return the conditions, in the target's words, that the type of a column stands for only in the source."""
        work, logical = self.work, self.work.logical[column.id]
        name = work.quoted(column.id)
        if logical == "boolean" and work.family != "postgresql" and work.source_family != work.family:
            return [f"{name} IN (0, 1)"]
        if logical.startswith("enum(") and not logical.endswith("]") and work.family == "sqlite":
            return [f"{name} IN ({', '.join(map(work.target.literal, labels(logical, work)))})"]
        if logical.startswith("set(") and work.family == "postgresql":
            return [f"{name} <@ ARRAY[{', '.join(map(work.target.literal, labels(logical, work)))}]::text[]"]
        unsigned = "unsigned" in column.type.lower() and work.source_family == "mysql" and logical != "boolean"
        if unsigned and column.id not in self.referring:
            return [] if column.identity else [f"{name} >= 0"]
        return []

    def note_numbers(self, column: Column) -> None:
        """Note what an unsigned number may be in MySQL and not in the target."""
        work, raw = self.work, column.type.lower()
        if work.source_family != "mysql":
            return
        if "unsigned" in raw and logical_type(column.type, work.source) == "bigint":
            work.lost(
                "unsigned", "numbers above 9223372036854775807 do not fit; it is written as a signed number", column
            )
        if "zerofill" in raw:
            work.lost("zerofill", "zeros in front of numbers are left out; they were for showing only", column)


def labels(logical: str, work: Work) -> list[str]:
    """Return the labels of an enum or set by its logical type."""
    inner = logical[logical.index("(") + 1 :]
    found = [value.replace("''", "'") for value in _VALUE.findall(inner)]
    return [re.sub(r"\\(.)", r"\1", value) for value in found] if work.source.backslash_escapes else found


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _argument(logical: str) -> int:
    found = _ARGUMENT.search(logical)
    return int(found.group(1)) if found else 1


def _is_text(logical: str) -> bool:
    return logical.partition("(")[0] in ("string", "char", "text")


def _references(work: Work) -> dict[Id, Id]:
    """Return, for each column of a foreign key, the column that it refers to."""
    found: dict[Id, Id] = {}
    for parts in work.catalog.hanging.values():
        for key in parts.foreign_keys:
            for mine, theirs in zip(key.columns, key.ref_columns or _primary(work, key), strict=False):
                if mine != theirs:
                    found.setdefault(mine, theirs)
    return found


def _primary(work: Work, key: ForeignKey) -> tuple[Id, ...]:
    table = work.catalog.design.get(key.ref_table) if key.ref_table else None
    if not isinstance(table, Table):
        return ()
    return next((each.columns for each in work.parts(table).keys if each.primary), ())
