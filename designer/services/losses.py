"""What an export loses, for people to read before they take the file: grouped by kind, the most serious first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from designer.lint.paths import path_of
from designer.schema import Design, Diagram, Id
from exporters.contract import Note

MISSING, DIFFERENT, DETAIL = "missing", "different", "detail"
LEVELS = (MISSING, DIFFERENT, DETAIL)
"""What is not there afterwards; what is there in other words, and may behave otherwise; what changes no data."""
LEVEL_TITLES = {MISSING: "Left out", DIFFERENT: "Said differently", DETAIL: "Details"}
SHOWN = 50
"""Losses of one kind that are shown; a design of thousands of tables has no more to tell by more of them."""

_KINDS: dict[str, tuple[str, str]] = {
    "refused": (MISSING, "Refused by the server"),
    "missing-table": (MISSING, "Foreign keys to tables that are not in the design"),
    "no-row-security": (MISSING, "Row security"),
    "no-exclusions": (MISSING, "Exclusion constraints"),
    "foreign-key": (MISSING, "Foreign keys"),
    "check": (MISSING, "Checks"),
    "check-option": (MISSING, "WITH CHECK OPTION of views"),
    "key": (MISSING, "Keys"),
    "no-overlaps": (MISSING, "Periods that must not overlap"),
    "period": (MISSING, "Periods of foreign keys"),
    "counting": (MISSING, "Numbering of rows"),
    "no-key": (MISSING, "Numbering of rows"),
    "expression": (MISSING, "Expressions in words of the other database"),
    "verbatim": (MISSING, "Routines, triggers and views in the other database's language"),
    "statement": (MISSING, "Statements kept word for word"),
    "no-empty-tables": (MISSING, "Tables without columns"),
    "no-partitions": (MISSING, "Partitions"),
    "no-partition-tables": (MISSING, "Partitions"),
    "index": (MISSING, "Indexes"),
    "default": (MISSING, "Defaults"),
    "no-sequences": (MISSING, "Sequences"),
    "no-extension": (MISSING, "Extensions"),
    "no-publication": (MISSING, "Publications"),
    "not-enforced": (DIFFERENT, "Constraints that are not enforced"),
    "no-inline-check-enforcement": (DIFFERENT, "Constraints that are not enforced"),
    "set-null": (DIFFERENT, "Actions of foreign keys"),
    "no-set-default": (DIFFERENT, "Actions of foreign keys"),
    "no-set-null-columns": (DIFFERENT, "Actions of foreign keys"),
    "match": (DIFFERENT, "MATCH FULL"),
    "no-partial-indexes": (DIFFERENT, "Partial indexes"),
    "no-nulls-not-distinct": (DIFFERENT, "Nulls in unique keys"),
    "no-deferrable-foreign-keys": (DIFFERENT, "Deferrable constraints"),
    "no-deferrable-keys": (DIFFERENT, "Deferrable constraints"),
    "generated-not-null": (DIFFERENT, "NOT NULL of generated columns"),
    "type": (DIFFERENT, "Types"),
    "domain": (DIFFERENT, "Domains"),
    "composite": (DIFFERENT, "Row types"),
    "collation": (DIFFERENT, "Collations"),
    "letter-case": (DIFFERENT, "Upper and lower case in comparisons"),
    "index-collation": (DIFFERENT, "Collations"),
    "unsigned": (DIFFERENT, "Unsigned numbers"),
    "key-length": (DIFFERENT, "Lengths of keys"),
    "no-prefix-lengths": (DIFFERENT, "Lengths of keys"),
    "identity-always": (DIFFERENT, "Numbering of rows"),
    "identity-start": (DIFFERENT, "Numbering of rows"),
    "identity-step": (DIFFERENT, "Numbering of rows"),
    "sequence-step": (DIFFERENT, "Sequences"),
    "partition-hash": (DIFFERENT, "Partitions"),
    "partition-range": (DIFFERENT, "Partitions"),
    "no-expression-indexes": (MISSING, "Indexes"),
    "fulltext": (DIFFERENT, "Indexes over words"),
    "nulls-order": (DIFFERENT, "Order of nulls in indexes"),
    "no-inheritance": (DIFFERENT, "Inheritance"),
    "no-materialized-views": (DIFFERENT, "Materialized views"),
    "case": (DIFFERENT, "Upper and lower case"),
    "schema": (DETAIL, "Schemas"),
    "name": (DETAIL, "Names"),
    "name-taken": (DETAIL, "Names"),
    "no-comments": (DETAIL, "Comments"),
    "comment-length": (DETAIL, "Comments"),
    "row-size": (DETAIL, "Places of long texts"),
    "no-covering": (DETAIL, "INCLUDE columns of indexes"),
    "no-unlogged": (DETAIL, "Unlogged tables"),
    "option": (DETAIL, "Options of the other database"),
    "storage": (DETAIL, "Storage"),
    "zerofill": (DETAIL, "ZEROFILL"),
    "only-where": (DETAIL, "Written only where another table exists"),
    "roles": (DETAIL, "Roles"),
}
"""Code of a note -> how serious it is, and what its kind is called; the order is that of being serious."""
_RANKS = {code: rank for rank, code in enumerate(_KINDS)}
_LEFT_OUT = re.compile(r"\b(?:left out|not translated|only a comment|is a comment|no word for)\b")


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss: what it is about, by name and id (empty where it is about nothing that is there), and what happens."""

    label: str
    about: Id
    message: str


@dataclass(frozen=True, slots=True)
class Group:
    """The losses of one kind."""

    code: str
    title: str
    level: str
    count: int
    losses: tuple[Loss, ...]

    @property
    def left(self) -> int:
        """How many are not shown."""
        return self.count - len(self.losses)


def grouped(notes: Iterable[Note], design: Design) -> list[Group]:
    """Return the notes of an export by kind, the most serious kind first."""
    found: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        level, title = _kind(note)
        found.setdefault((level, title), []).append(note)
    groups = [_group(level, title, each, design) for (level, title), each in found.items()]
    return sorted(groups, key=lambda each: (LEVELS.index(each.level), _RANKS.get(each.code, len(_RANKS)), -each.count))


def counts(groups: Iterable[Group]) -> list[tuple[str, str, int]]:
    """Return (level, title, number of losses) of each level that has any."""
    listed = list(groups)
    numbers = [(level, sum(each.count for each in listed if each.level == level)) for level in LEVELS]
    return [(level, LEVEL_TITLES[level], number) for level, number in numbers if number]


def _kind(note: Note) -> tuple[str, str]:
    known = _KINDS.get(note.code)
    if known is not None:
        return known
    title = note.code.removeprefix("no-").replace("-", " ").capitalize() or "Other"
    return (MISSING if _LEFT_OUT.search(note.message) else DIFFERENT), title


def _group(level: str, title: str, notes: list[Note], design: Design) -> Group:
    return Group(notes[0].code, title, level, len(notes), tuple(_loss(each, design) for each in notes[:SHOWN]))


def _loss(note: Note, design: Design) -> Loss:
    """Return a note with its element apart from what is said of it: writers begin a sentence with `table.column: `."""
    record = design.get(note.about) if note.about else None
    if record is None or isinstance(record, Diagram):
        return Loss("", "", note.message)
    named, colon, said = note.message.partition(": ")
    name = getattr(record, "name", "")
    if colon and (not name or name in named):
        return Loss(named, record.id, said)
    label = path_of(design, record.id)
    return Loss(label, record.id, note.message.removesuffix(f" ({label})"))
