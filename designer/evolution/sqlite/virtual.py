"""Virtual tables: SQLite cannot change one. Its module keeps the rows in tables of its own, which nobody touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from designer.evolution.contract import Remark, Step
from designer.evolution.facts import Fact, id_of
from designer.evolution.handlers import Side
from designer.evolution.sqlite.base import SQLiteHandler, relation
from designer.evolution.sqlite.pen import SQLitePen
from designer.evolution.sqlite.words import words_of
from designer.schema import Statement
from exporters.ddl.text import terminated

_NAME = r'"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\'(?:[^\']|\'\')*\'|[^\s.(]+'
_VIRTUAL = re.compile(
    rf"\s*CREATE\s+VIRTUAL\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:(?:{_NAME})\s*\.\s*)?(?P<name>{_NAME})\s+USING\s+"
    rf"(?P<module>{_NAME})\s*(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_OPTION = re.compile(r"\s*(\w+)\s*=\s*(.*)\Z", re.DOTALL)
_FULL_TEXT = frozenset({"fts3", "fts4", "fts5"})
_BOXES = frozenset({"rtree", "rtree_i32"})


@dataclass(frozen=True, slots=True)
class Virtual:
    """A virtual table as its statement says."""

    name: str
    module: str
    rest: str  # what stands behind the module, parentheses included
    columns: tuple[str, ...]
    options: dict[str, str]

    @property
    def has_rows(self) -> bool:
        """Whether the rows can be read from it: a full-text index may keep none, or those of another table."""
        return self.module in _BOXES or (self.module in _FULL_TEXT and "content" not in self.options)

    @property
    def is_over_another(self) -> bool:
        """Whether it indexes the rows of another table."""
        return self.module in ("fts4", "fts5") and self.options.get("content", "").strip("'\"` ") != ""


def read(text: str) -> Virtual | None:
    """Return what a statement says, if it makes a virtual table."""
    found = _VIRTUAL.match(text)
    if found is None:
        return None
    rest = found["rest"].strip().rstrip(";").strip()
    pieces = split(rest[1:-1]) if rest.startswith("(") and rest.endswith(")") else []
    options = {each[1].lower(): each[2].strip() for each in map(_OPTION.match, pieces) if each}
    columns = tuple(_first_word(each) for each in pieces if not _OPTION.match(each) and each.strip())
    return Virtual(_bare(found["name"]), _bare(found["module"]).lower(), rest, columns, options)


def split(text: str) -> list[str]:
    """Return what stands between the commas of a list."""
    pieces, depth, quote = [""], 0, ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"`":
            quote = letter
        else:
            depth += (letter == "(") - (letter == ")")
        if letter == "," and not quote and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += letter
    return pieces


def _first_word(text: str) -> str:
    found = re.match(rf"\s*({_NAME})", text)
    return _bare(found[1]) if found else ""


def _bare(written: str) -> str:
    closing = {"[": "]"}.get(written[0], written[0])
    if written[0] in "\"`'[" and written.endswith(closing):
        return written[1:-1].replace(closing * 2, closing)
    return written


class VirtualTables(SQLiteHandler):
    """Virtual tables."""

    records = (Statement,)
    kinds = ("virtual table",)

    def facts(self, record: Statement, side: Side[SQLitePen]) -> Iterator[Fact]:
        """Yield the virtual table that a statement makes; its name tells which it is."""
        virtual = read(side.pen.speech.verbatim(record.text)) if record.phase != "never" else None
        if virtual is not None:
            state = (virtual.name.lower(), virtual.module, words_of(virtual.rest))
            yield Fact(
                id_of("virtual", virtual.name.lower()), "virtual table", virtual.name, state, record,
                names=frozenset({relation(virtual.name)}), extra=virtual,
            )  # fmt: skip

    def rebuilds(self, old: Fact, new: Fact) -> bool:
        """Rows are carried over where the columns keep their names."""
        before, after = old.extra, new.extra
        if not (before.has_rows and after.has_rows) or (before.module in _BOXES) != (after.module in _BOXES):
            return False
        return before.columns == after.columns if after.module in _BOXES else bool(self.common(before, after))

    def common(self, old: Virtual, new: Virtual) -> list[str]:
        """Return the columns that are on both sides."""
        before = {each.lower() for each in old.columns}
        return [each for each in new.columns if each.lower() in before]

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE VIRTUAL TABLE; an index over another table is filled from it."""
        virtual: Virtual = fact.extra
        steps = [self.step(self.made(virtual, virtual.name), "create", new=fact, reason=reason)]
        if fact.id not in self.mover.old_facts and not virtual.is_over_another:
            return steps
        name = self.new.dialect.quote(virtual.name)
        if virtual.is_over_another:
            sql = f"INSERT INTO {name} ({name}) VALUES ('rebuild');"  # noqa: S608 - a quoted name
            steps.append(self.step(sql, "backfill", new=fact, reason="it indexes rows that are there"))
        else:
            message = (
                f"the virtual table {virtual.name} is dropped and made again; what it held must be filled in again"
            )
            self.mover.remarks.append(Remark(message, fact.record.id, "virtual-table"))
        return steps

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP TABLE, which takes the tables of the module along."""
        name = self.old.dialect.quote(fact.extra.name)
        return [self.step(f"DROP TABLE {name};", "drop table", old=fact, reason=reason)]

    def rebuild(self, old: Fact, new: Fact, folded: Sequence[Fact]) -> list[Step]:
        """Make the new one beside the old one, carry the rows over, and give it the name."""
        before, after = old.extra, new.extra
        beside = self.lite.free_name(f"new_{after.name}")
        quote = self.new.dialect.quote
        shared = self.common(before, after)
        columns = ", ".join([*(["rowid"] if after.module in _FULL_TEXT else []), *map(quote, shared)])
        texts = (
            self.made(after, beside),
            f"INSERT INTO {quote(beside)} ({columns})\nSELECT {columns} FROM {quote(before.name)};",
            f"DROP TABLE {quote(before.name)};",
            f"ALTER TABLE {quote(beside)} RENAME TO {quote(after.name)};",
        )
        reason = "SQLite cannot change a virtual table in place"
        return [self.step(text, "rebuild table", old=old, new=new, reason=reason) for text in texts]

    def made(self, virtual: Virtual, name: str) -> str:
        """Return CREATE VIRTUAL TABLE under a name."""
        return terminated(f"CREATE VIRTUAL TABLE {self.new.dialect.quote(name)} USING {virtual.module} {virtual.rest}")

    def rank(self, verb: str, fact: Fact) -> int:
        """An index over another table is made when that table is as it should be."""
        return 90 if verb == "drop" else 55
