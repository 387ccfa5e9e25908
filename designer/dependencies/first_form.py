"""First normal form asked for real: columns that may hold several values, from names, types and sampled values.

Nothing here is a violation: a name is only a name, and people mean many things as one value (an address, a sentence,
a pair of coordinates). Each is a question, a suggestion where data speaks as well, or a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from designer.dependencies.first_form_values import Shape, shape_of
from designer.dependencies.seen import Seen, seen, unique_of
from designer.dependencies.words import Words, words_of
from designer.schema import Design, Entity, ForeignKey, Id, Table

Values = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Concern:
    """Columns that may not hold one value each.

    `kind`: numbered, months, list, structured, fixed shape, pairs, array. `strength`: suggestion (data says so),
    question (a name or part of the data does), hint (often meant so). `fix`: rows (a table with one value a row),
    columns (one column for each key), pairs (a table of names and values), none.
    """

    owner: Id
    columns: tuple[Id, ...]
    kind: str
    strength: str
    message: str
    fix: str
    base: str = ""  # what one value would be called
    evidence: str = ""
    parts: tuple[str, ...] = ()  # the keys of a fixed shape; or what one of the rows of a numbered group would have
    rows: tuple[tuple[Id, ...], ...] = ()  # of numbered columns: which columns would become one row, in order


def first_form(design: Design, owner: Id, values: Mapping[Id, Values] | None = None) -> tuple[Concern, ...]:
    """Return what to ask about the values of a table or an entity; `values` are samples of its columns."""
    if not isinstance(design.get(owner), Table | Entity):
        return ()
    columns = seen(design, owner)
    repeated = [*_numbered(design, owner, columns), *_months(owner, columns)]
    taken = {each for one in repeated if one.strength != "hint" for each in one.columns}
    single = (_single(owner, each, (values or {}).get(each.id, ())) for each in columns if each.id not in taken)
    return (*repeated, *(each for each in single if each is not None))


# Numbered columns

_NUMBER = re.compile(r"\d+")
_LEAST = 3  # two is a pair, three is a list
_ONE_THING = frozenset(
    {"line", "address", "addr", "addressline", "street", "md", "sha", "utf", "ipv", "oauth", "base", "iso", "h",
     "latin", "crc", "x", "y", "z", "v", "level", "lvl", "l"}
)  # fmt: skip
"""Before a number these are one thing with it: lines of an address, digests, versions, levels of a tree."""
_ADDRESSES = ("address", "addr")  # `address1` is a line, `address1_street` is of one of several addresses
_CONTACTS = frozenset({"phone", "telephone", "tel", "mobile", "fax", "email", "mail", "contact"})
_SPANS = frozenset({"q", "quarter", "h", "half", "month", "m", "week", "day"})


def _numbered(design: Design, owner: Id, columns: list[Seen]) -> Iterator[Concern]:
    groups: dict[tuple[str, str], dict[int, Seen]] = {}
    for column in columns:
        numbers = _NUMBER.findall(column.name)
        if len(numbers) == 1 and len(numbers[0]) < 3:
            base = _NUMBER.sub("#", column.name.lower())
            groups.setdefault((base, column.type), {})[int(numbers[0])] = column
    if not any(len(group) > 1 for group in groups.values()):
        return
    _first_without_number(columns, groups)
    links = _links(design, owner)
    things: dict[tuple[str, tuple[int, ...]], list[tuple[str, list[Seen]]]] = {}
    for (base, _), group in groups.items():
        numbers_of = tuple(sorted(group))
        ordered = [group[each] for each in numbers_of]
        if _counted(numbers_of) and not _one_thing(base) and not any(each.id in links for each in ordered):
            before, _, after = base.partition("#")
            things.setdefault((before, numbers_of), []).append((after, ordered))
    for (before, _), members in things.items():
        concern = _repeated(owner, words_of(before), members)
        if concern is not None:
            yield concern


def _first_without_number(columns: list[Seen], groups: dict[tuple[str, str], dict[int, Seen]]) -> None:
    """Take `phone` before `phone_2` as the first of them."""
    plain = {(column.name.lower(), column.type): column for column in columns}
    for (base, type_), group in groups.items():
        before, _, after = base.partition("#")
        first = plain.get((before.rstrip("_ ") + after, type_))
        if first is not None and min(group) in (1, 2):
            group[min(group) - 1] = first


def _counted(numbers: Sequence[int]) -> bool:
    return len(numbers) > 1 and numbers[0] in (0, 1) and numbers[-1] - numbers[0] == len(numbers) - 1


def _one_thing(base: str) -> bool:
    before, _, after = base.partition("#")
    words = words_of(before)
    whole_addresses = bool(words) and words[-1] in _ADDRESSES and bool(words_of(after))
    return not words or (words[-1] in _ONE_THING and not whole_addresses)


def _links(design: Design, owner: Id) -> set[Id]:
    """Return the columns of foreign keys to a table that several lead to, and those that are in a key together."""
    leading: dict[Id | None, list[Id]] = {}
    for key in design.of(ForeignKey, owner):
        leading.setdefault(key.ref_table, []).extend(key.columns)
    ends = {column for columns in leading.values() if len(columns) > 1 for column in columns}
    return ends.union(*(key for key in unique_of(design, owner) if len(key) > 1))


def _repeated(owner: Id, words: Words, members: list[tuple[str, list[Seen]]]) -> Concern | None:
    """Return the concern about numbered columns; `members` are what is repeated: `app1_state`, `app1_uri`."""
    times = len(members[0][1])
    names = _listed([each.name for each in members[0][1]])
    parts = tuple("_".join(words_of(after)) or words[-1] for after, _ in members)
    rows = tuple(tuple(ordered[number].id for _, ordered in members) for number in range(times))
    ids = tuple(each.id for _, ordered in members for each in ordered)
    one = "_".join(words) if len(members) > 1 else "_".join((*words, *words_of(members[0][0])))
    kind, strength, fix = "numbered", "question", "rows"
    if words[-1] in _SPANS:
        kind, strength = "months", "hint"
        message = f"{names} are one figure for several times; as rows they could be summed and grow"
    elif times >= _LEAST:
        more = f" with {len(members)} columns each" if len(members) > 1 else ""
        message = f"{names} look like one list of {one} in numbered columns{more}"
    else:
        strength = "hint"
        message = f"{names} are two of the same; will there ever be a third?"
    if times < _LEAST and words[-1] not in _CONTACTS:
        return None
    return Concern(owner, ids, kind, strength, message, fix, one, parts=parts, rows=rows)


def _listed(names: list[str]) -> str:
    shown = names if len(names) <= 4 else [*names[:2], "…", names[-1]]
    return ", ".join(shown)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _months(owner: Id, columns: list[Seen]) -> Iterator[Concern]:
    """Yield months as columns: a pivot, which is a report and no table."""
    found: dict[Words, dict[str, Seen]] = {}
    for column in columns:
        named = [word for word in column.words if word[:3] in _MONTHS and _is_month(word)]
        if len(named) == 1:
            base = tuple(word for word in column.words if word != named[0])
            found.setdefault(base, {})[named[0][:3]] = column
    for base, months in found.items():
        if len(months) >= 6:
            ids = tuple(each.id for each in months.values())
            names = _listed([each.name for each in months.values()])
            message = f"{names} are one figure for several months; as rows they could be summed and grow"
            yield Concern(owner, ids, "months", "hint", message, "rows", "_".join(base) or "value")


_LONG = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december")  # fmt: skip


def _is_month(word: str) -> bool:
    return word in _MONTHS or word in _LONG or word == "sept"


# One column

_LIST_WORDS = frozenset({"ids", "csv", "list", "tags", "keywords", "uuids"})
_STRUCTURED_WORDS = frozenset({"json", "yaml", "xml", "jsonb"})
_TEXTS = ("string", "text", "char")


def _single(owner: Id, column: Seen, values: Values) -> Concern | None:
    base = column.type.split("(", 1)[0]
    if column.type.endswith("[]"):
        message = f"{column.name} is an array: is it looked into, or opaque on purpose?"
        return Concern(owner, (column.id,), "array", "hint", message, "rows", _value_name(column))
    json = base in ("json", "jsonb")
    if not json and base not in (*_TEXTS, ""):
        return None
    filled = [each for each in values if each is not None and each.strip()]
    shape = shape_of(filled, json=json)
    if shape is not None:
        return _spoken(owner, column, shape)
    if filled:
        return None
    if json:
        message = f"{column.name} holds JSON: is it looked into, or opaque on purpose?"
        return Concern(owner, (column.id,), "structured", "hint", message, "none")
    return _by_name(owner, column)


def _by_name(owner: Id, column: Seen) -> Concern | None:
    last = column.words[-1] if column.words else ""
    if last in _LIST_WORDS and (len(column.words) > 1 or last != "list"):
        message = f"{column.name} is a text, and by its name a list: can it hold several values?"
        return Concern(owner, (column.id,), "list", "question", message, "rows", _value_name(column))
    if last in _STRUCTURED_WORDS and len(column.words) > 1:
        message = f"{column.name} is a text, and by its name holds {last.upper()}: is it looked into?"
        return Concern(owner, (column.id,), "structured", "hint", message, "none")
    return None


_FIXES = {"list": "rows", "structured": "none", "fixed shape": "columns", "pairs": "pairs"}


def _spoken(owner: Id, column: Seen, shape: Shape) -> Concern:
    messages = {
        "list": f"{column.name} holds lists of values",
        "structured": f"{column.name} holds structured text: is it looked into, or opaque on purpose?",
        "fixed shape": f"{column.name} has the same keys in nearly every row: these could be columns",
        "pairs": f"{column.name} holds names with values: a table inside a column",
    }
    strength = "hint" if shape.kind == "structured" else shape.strength
    return Concern(
        owner, (column.id,), shape.kind, strength, messages[shape.kind], _FIXES[shape.kind], _value_name(column),
        shape.evidence, shape.parts,
    )  # fmt: skip


def _value_name(column: Seen) -> str:
    """Return what one value of a list would be called: `event_ids` -> event_id, `tag_list` -> tag."""
    words = column.words[:-1] if column.words[-1:] and column.words[-1] in ("list", "csv", "json") else column.words
    return "_".join((*words[:-1], words[-1][:-1] if words[-1].endswith("s") else words[-1])) if words else "value"
