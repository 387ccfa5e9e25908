"""A team's naming convention: what names of tables, columns, keys and indexes look like, and the name that would."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod
from typing import NamedTuple

import msgspec
import regex

from designer.dialects.base import Dialect
from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.levels.naming.plurals import plural, singular
from designer.levels.naming.spelling import cased, words_in
from designer.schema import Check, Column, Design, Exclusion, ForeignKey, Id, Index, Key, Named, Record, Table, View

CASES = ("", "snake", "camel", "pascal", "upper")
NUMBERS = ("", "plural", "singular")
KINDS = ("table", "view", "column", "primary", "unique", "foreign", "index", "check")
LONGEST_PATTERN = 200
LONGEST_NAME = 500
"""Letters of a name that a pattern is held against."""
SECONDS_A_NAME = 0.05
SECONDS_IN_ALL = 1.0
"""How long the patterns of a convention may think, about one name and about all that are asked for."""
_TIMES = re.compile(r"\{\s*\d*\s*,?\s*\d+\s*\}|\{\s*\d+\s*,?\s*\}")
_MOST_REPEATED = 50_000
_FITS = {
    "snake": re.compile(r"[^\W_]*(?:_+[^\W_]*)*"),
    "upper": re.compile(r"[^\W_]*(?:_+[^\W_]*)*"),
    "camel": re.compile(r"_?[^\W_]*(?:(?<=\d)_(?=\d)[^\W_]*)*"),
    "pascal": re.compile(r"_?[^\W_]*(?:(?<=\d)_(?=\d)[^\W_]*)*"),
}
_SAID = {"snake": "snake_case", "camel": "camelCase", "pascal": "PascalCase", "upper": "UPPER_CASE"}
_MOMENTS = ("timestamp", "datetime")


class Shape(msgspec.Struct, frozen=True, omit_defaults=True):
    """What names of one kind begin and end with, and a regular expression that they match as a whole."""

    prefix: str = ""
    suffix: str = ""
    pattern: str = ""


class Convention(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a project has agreed on; what is empty is free.

    `longest` counts letters, 0 is no limit. `reserved`: no name is a reserved word of the database; `words` are further
    ones that are not used. `reference`, `flags` and `moments`: the suffix of columns that refer to another table, the
    prefixes of yes-or-no columns, of which each has one, and the suffix of points in time.
    """

    case: str = ""
    number: str = ""
    longest: int = 0
    reserved: bool = False
    words: tuple[str, ...] = ()
    reference: str = ""
    flags: tuple[str, ...] = ()
    moments: str = ""
    shapes: dict[str, Shape] = {}

    def __bool__(self) -> bool:
        return self != Convention()

    def shape(self, kind: str) -> Shape:
        """Return what was agreed on for a kind."""
        return self.shapes.get(kind, Shape())


class Verdict(NamedTuple):
    """A name that does not keep the convention: why, and the name that would, empty where there is no certain one."""

    problem: str
    wish: str = ""


@dataclass(slots=True)
class Patience:
    """How much longer patterns may think."""

    left: float = SECONDS_IN_ALL
    slow: set[str] = field(default_factory=set)

    def matches(self, pattern: str, name: str) -> bool | None:
        """Say whether a name matches as a whole; None where the pattern takes too long, now and ever after."""
        if pattern in self.slow or self.left <= 0:
            return None
        try:
            return regex.fullmatch(pattern, name[:LONGEST_NAME], timeout=min(SECONDS_A_NAME, self.left)) is not None
        except TimeoutError:
            self.left -= SECONDS_A_NAME
            self.slow.add(pattern)
            return None
        except regex.error:  # a database of an older version may hold what is none any more
            return None


def wrong_pattern(pattern: str) -> str:
    """Return what is wrong with a regular expression, in words; empty where it can be used."""
    if len(pattern) > LONGEST_PATTERN:
        return f"is longer than {LONGEST_PATTERN} characters"
    if _repeated(pattern) > _MOST_REPEATED:
        return "repeats too much; ask for fewer times"
    try:
        regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as error:
        return f"is no regular expression: {error}"
    return ""


def _repeated(pattern: str) -> int:
    """Return how often the innermost of nested repetitions could be repeated: a compiler lays all of them out."""
    return prod(max(1, *(int(n) for n in re.findall(r"\d+", each))) for each in _TIMES.findall(pattern))


def kind_of_name(record: Record) -> str:
    """Return which of the kinds a record's name is, empty for one that no convention is about."""
    if isinstance(record, Key):
        return "primary" if record.primary else "unique"
    known = {
        Table: "table", View: "view", Column: "column", ForeignKey: "foreign", Index: "index", Check: "check",
        Exclusion: "check",
    }  # fmt: skip
    return known.get(type(record), "")


def judged(design: Design, record: Record, convention: Convention, patience: Patience | None = None) -> Verdict | None:
    """Return what is wrong with the name of a record by a convention, None where nothing is or it has no name."""
    kind = kind_of_name(record)
    if not kind or not isinstance(record, Named) or not record.name or not convention:
        return None
    case = _Case(design, record, kind, convention, patience or Patience())
    problem = case.problem(record.name)
    return Verdict(problem, case.wish()) if problem else None


class _Case:
    """One name before the convention."""

    def __init__(self, design: Design, record: Named, kind: str, convention: Convention, patience: Patience):
        self.design, self.record, self.kind = design, record, kind
        self.convention, self.patience = convention, patience
        self.shape = convention.shape(kind)
        self.prefixes = _prefixes(record, convention, self.shape)
        self.suffixes = _suffixes(design, record, convention, self.shape)
        self.dialect = _dialect(design, record)

    def problem(self, name: str) -> str:
        """Return the first thing that is wrong with a name, in words that follow it; empty where nothing is."""
        asked: tuple[Callable[[str], str], ...] = (
            self._ends, self._case, self._number, self._length, self._words, self._pattern,
        )  # fmt: skip
        return next((said for each in asked if (said := each(name))), "")

    def _ends(self, name: str) -> str:
        if self.prefixes and not name.startswith(self.prefixes):
            return f"should begin with {' or '.join(self.prefixes)}"
        if self.suffixes and not name.endswith(self.suffixes):
            return f"should end with {' or '.join(self.suffixes)}"
        return ""

    def _case(self, name: str) -> str:
        case = self.convention.case
        core = self._core(name)
        return f"is not in {_SAID[case]}" if case and core and not fits(core, case) else ""

    def _core(self, name: str) -> str:
        """Return a name without the agreed beginning and end, in which letters may stand as they were agreed on."""
        for each in self.prefixes:
            if name.lower().startswith(each.lower()) and len(name) > len(each):
                name = name[len(each) :]
                break
        for each in self.suffixes:
            if name.lower().endswith(each.lower()) and len(name) > len(each):
                return name[: -len(each)]
        return name

    def _number(self, name: str) -> str:
        number = self.convention.number
        if self.kind != "table" or not number:
            return ""
        last = words_in(self._core(name))[-1]
        wanted = plural(last) if number == "plural" else singular(last)
        return f"should be in the {number}" if wanted != last else ""

    def _length(self, name: str) -> str:
        longest = self.convention.longest
        return f"has {len(name)} letters, more than the {longest} agreed on" if 0 < longest < len(name) else ""

    def _words(self, name: str) -> str:
        if name.lower() in {each.lower() for each in self.convention.words}:
            return "is a word that is not used here"
        if self.convention.reserved and self.kind in ("table", "view", "column") and self._is_reserved(name):
            return f"is a reserved word of {self.dialect.title}"
        return ""

    def _is_reserved(self, name: str) -> bool:
        return name.lower() in self.dialect.reserved

    def _pattern(self, name: str) -> str:
        pattern = self.shape.pattern
        if not pattern:
            return ""
        found = self.patience.matches(pattern, name)
        if found is None:
            return f"could not be held against the pattern {pattern}, which takes too long; make it simpler"
        return "" if found else f"does not match {pattern}"

    def wish(self) -> str:
        """Return the name that keeps the convention and is free among its siblings, empty where none is certain."""
        core = self._recased(self._bare(self._core(self.record.name)))
        name = self._free(self._with_ends(core))
        return name if name != self.record.name and not self.problem(name) else ""

    def _bare(self, core: str) -> str:
        """Return what is left without words that the agreed beginning or end says again: `customerId`, `orders_fk`."""
        for each in (*self.prefixes, *self.suffixes):
            words = words_in(each)
            said = "".join(words)
            if core.lower().endswith(said) and words_in(core)[-len(words) :] == words and len(core) > len(said):
                core = core[: -len(said)].rstrip("_ -") or core
            elif core.lower().startswith(said) and words_in(core)[: len(words)] == words and len(core) > len(said):
                core = core[len(said) :].lstrip("_ -") or core
        return core

    def _recased(self, core: str) -> str:
        words = list(words_in(core))
        if self.kind == "table" and self.convention.number:
            words[-1] = (plural if self.convention.number == "plural" else singular)(words[-1])
            core = core if core.lower().endswith(words[-1]) else _with_last(core, words[-1])
        case = self.convention.case
        return cased(words, case) if case and not fits(core, case) else core

    def _with_ends(self, core: str) -> str:
        prefix = self.prefixes[0] if self.prefixes else ""
        suffix = self.suffixes[0] if self.suffixes else ""
        kept = next((each for each in self.prefixes if self.record.name.startswith(each)), prefix)
        if self.convention.case == "camel" and kept and kept[-1:].isalpha():
            core = core[:1].upper() + core[1:]
        longest = self.convention.longest
        if longest and len(kept) + len(core) + len(suffix) > longest:
            core = core[: max(longest - len(kept) - len(suffix), 1)].rstrip("_")
        return f"{kept}{core}{suffix}"

    def _free(self, name: str) -> str:
        taken = _siblings(self.design, self.record)
        if self.convention.reserved and self.kind in ("table", "view", "column") and self._is_reserved(name):
            return ""  # another word is somebody's choice
        return name if name not in taken else ""


def fits(name: str, case: str) -> bool:
    """Say whether a name is in a case. Letters of scripts without capitals are in all of them."""
    if not _FITS[case].fullmatch(name):
        return False
    if case == "snake":
        return name == name.lower()
    if case == "upper":
        return name == name.upper()
    first = name.lstrip("_")[:1]
    return not first.isupper() if case == "camel" else not first.islower()


def _with_last(core: str, word: str) -> str:
    """Put another last word into a name, in the letters of the old one as far as both begin alike."""
    last = words_in(core)[-1]
    at = core.lower().rfind(last)
    same = next((n for n in range(min(len(last), len(word)), 0, -1) if last[:n] == word[:n]), 0)
    return core[: at + same] + word[same:] if at >= 0 else core


def _prefixes(record: Named, convention: Convention, shape: Shape) -> tuple[str, ...]:
    if isinstance(record, Column) and convention.flags and _is_flag(record):
        return convention.flags
    return (shape.prefix,) if shape.prefix else ()


def _suffixes(design: Design, record: Named, convention: Convention, shape: Shape) -> tuple[str, ...]:
    if isinstance(record, Column) and convention.reference and _refers(design, record):
        return (convention.reference,)
    if isinstance(record, Column) and convention.moments and _is_moment(record):
        return (convention.moments,)
    return (shape.suffix,) if shape.suffix else ()


def _is_flag(column: Column) -> bool:
    return column.logical == "boolean" or column.type.lower() in ("boolean", "bool", "tinyint(1)", "bit(1)")


def _is_moment(column: Column) -> bool:
    return (column.logical or column.type.lower()).startswith(_MOMENTS)


def _refers(design: Design, column: Column) -> bool:
    """Say whether a column alone refers to another table; of several together each is called for what it is."""
    return any(each.columns == (column.id,) for each in design.of(ForeignKey, column.parent))


def _dialect(design: Design, record: Record) -> Dialect:
    model = design.model_of(record)
    target = model.target if model is not None and model.target in DIALECTS else "postgresql"
    return dialect_of(target)


def _siblings(design: Design, record: Named) -> set[str]:
    """Return the names that are taken where a record stands; tables and views share one space."""
    kinds: tuple[type[Named], ...] = (Table, View) if isinstance(record, Table | View) else (type(record),)
    below: list[Id] = list(design.children(record.parent or ""))
    others = (design[each] for each in below if each != record.id)
    return {each.name for each in others if isinstance(each, kinds)}
