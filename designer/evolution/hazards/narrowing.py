"""Whether one type holds all that another one holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

from designer.evolution.hazards.casts import taken_apart

_COMPARED = re.compile(
    r"(?<=[\w)])\s+(?:binary|ascii|unicode|zerofill|signed|(?:charset|character\s+set|collate)\s+[\w\"'`]+)(?=\s|$)",
    re.IGNORECASE,
)
"""What MySQL writes in a type and what says only how values are compared or shown: `varchar(20) BINARY`."""
_UNSIGNED = re.compile(r"\s+unsigned(?=\s|$)", re.IGNORECASE)
_MEMBERS = re.compile(r"'((?:[^']|'')*)'")
_SAME = {
    "national varchar": "varchar", "nvarchar": "varchar", "nchar": "character", "national char": "character",
    "serial": "integer", "bigserial": "bigint", "smallserial": "smallint", "bit varying": "varbit",
    "timestamp without time zone": "timestamp", "time without time zone": "time", "double": "double precision",
    "dec": "numeric", "fixed": "numeric", "long varchar": "mediumtext", "clob": "text",
}  # fmt: skip
_BYTES = {"tinyint": 1, "smallint": 2, "mediumint": 3, "integer": 4, "bigint": 8}
_EXACT_UP_TO = {"real": 2**24, "float": 2**24, "double precision": 2**53}
"""Up to what whole number a floating one has no gaps."""
_TEXTS = ("tinytext", "text", "mediumtext", "longtext")
_BYTE_TEXTS = ("tinyblob", "blob", "mediumblob", "longblob")
"""The texts and byte strings of MySQL, the shortest first."""
_LIMITED = {"tinytext": 255, "tinyblob": 255, "name": 63, "uuid": 36}
"""How many letters or bytes a type holds by itself."""
_LETTERS = ("varchar", "character", "bpchar", "citext", "name", *_TEXTS)
_OCTETS = ("varbinary", "binary", "bytea", *_BYTE_TEXTS)
_MOMENTS = ("timestamp", "timestamp with time zone", "datetime", "time", "time with time zone", "interval")
_WIDER = {
    ("real", "double precision"), ("float", "double precision"), ("date", "timestamp"), ("date", "datetime"),
    ("date", "timestamp with time zone"), ("timestamp", "timestamp with time zone"), ("timestamp", "datetime"),
    ("time", "time with time zone"), ("boolean", "integer"), ("cidr", "inet"),
    ("macaddr", "macaddr8"), ("json", "jsonb"), ("jsonb", "json"),
}  # fmt: skip
_UNSAID: dict[str, tuple[int, ...]] = {"character": (1,), "binary": (1,), "bit": (1,)}
_UNSAID_POSTGRES: dict[str, tuple[int, ...]] = {**_UNSAID, **dict.fromkeys(_MOMENTS, (6,))}
_UNSAID_ELSEWHERE: dict[str, tuple[int, ...]] = {**_UNSAID, **dict.fromkeys(_MOMENTS, (0,)), "numeric": (10, 0)}
"""The numbers that a type has where nobody says one."""
_SHORTER_IN_MYSQL = {("date", "timestamp"), ("datetime", "timestamp")}
"""A timestamp of MySQL ends in 2038 or 2106."""


@dataclass(frozen=True, slots=True)
class _Type:
    """A type taken apart. `members` are those of an ENUM or SET of MySQL."""

    name: str
    numbers: tuple[int, ...] = ()
    is_array: bool = False
    unsigned: bool = False
    members: frozenset[str] = frozenset()


def bare(raw: str) -> str:
    """Return a type without what says only how its values are compared or shown."""
    return raw if _is_list(raw) else _COMPARED.sub("", raw)


def narrows(old: str, new: str, dialect: str) -> bool:
    """Say whether there are values of the old type that the new one cannot hold, or may not hold."""
    one, two = _read(old, dialect), _read(new, dialect)
    if one == two:
        return False
    if one.is_array != two.is_array:
        return True
    if one.members:
        return _members_narrow(one, two)
    if two.name in _LETTERS and one.name not in _OCTETS:
        return _room(two) < _length(one) or _is_shorter(one, two, _TEXTS)
    if one.name in _OCTETS and two.name in _OCTETS:
        return _room(two) < _room(one) or _is_shorter(one, two, _BYTE_TEXTS)
    if one.name in _BYTES:
        return _number_narrows(one, two)
    if one.name == two.name:
        return _numbers_narrow(one, two, dialect)
    pair = (one.name, two.name)
    if dialect != "postgresql" and pair in _SHORTER_IN_MYSQL:
        return True
    return pair not in _WIDER or (two.name in _MOMENTS and one.name in _MOMENTS and _is_coarser(one, two))


def _is_list(raw: str) -> bool:
    return raw.lower().lstrip().startswith(("enum(", "set("))


def _read(raw: str, dialect: str) -> _Type:
    if _is_list(raw):
        return _Type(raw.strip().lower().partition("(")[0], members=frozenset(_MEMBERS.findall(raw)))
    said = bare(raw)
    name, numbers, brackets = taken_apart(_UNSIGNED.sub("", said))
    name = "bpchar" if raw.strip().lower() == "bpchar" else _SAME.get(name, name)
    if name == "boolean" and dialect != "postgresql":
        name = "tinyint"
    if name in _BYTES:
        numbers = ()  # how wide it is shown
    elif not numbers:
        numbers = (_UNSAID_POSTGRES if dialect == "postgresql" else _UNSAID_ELSEWHERE).get(name, ())
    return _Type(name, numbers, bool(brackets), bool(_UNSIGNED.search(said)))


def _members_narrow(one: _Type, two: _Type) -> bool:
    """An ENUM or SET fits into one with all its members, an ENUM into text that is long enough for each."""
    if one.name == two.name:
        return not one.members <= two.members
    return one.name != "enum" or two.name not in _LETTERS or _room(two) < max(map(len, one.members))


def _room(kind: _Type) -> float:
    """Return how many letters, bytes or bits a type holds."""
    return kind.numbers[0] if kind.numbers else _LIMITED.get(kind.name, inf)


def _length(kind: _Type) -> float:
    """Return how many letters the longest value of a type takes as text, as far as that is known to have an end."""
    if kind.name in _BYTES:
        return max(len(str(each)) for each in _range(kind))
    return _room(kind) if kind.name in (*_LETTERS, "uuid") else inf


def _is_shorter(one: _Type, two: _Type, kinds: tuple[str, ...]) -> bool:
    return one.name in kinds and two.name in kinds and kinds.index(two.name) < kinds.index(one.name)


def _range(kind: _Type) -> tuple[int, int]:
    """Return the lowest and highest whole number of a type."""
    bits = 8 * _BYTES[kind.name]
    return (0, 2**bits - 1) if kind.unsigned else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def _number_narrows(one: _Type, two: _Type) -> bool:
    """Say whether a whole number may not fit into another type of numbers."""
    low, high = _range(one)
    if two.unsigned and low < 0:
        return True
    if two.name in _BYTES:
        least, most = _range(two)
        return low < least or high > most
    if two.name in _EXACT_UP_TO:
        return high > _EXACT_UP_TO[two.name]
    if two.name == "numeric":
        return bool(two.numbers) and _before_the_point(two.numbers) < len(str(high))
    return True


def _numbers_narrow(one: _Type, two: _Type, dialect: str) -> bool:
    """Say whether a type with other numbers, or without a sign, may not hold all values."""
    if two.unsigned and not one.unsigned:
        return True
    if one.name == "numeric":
        m, n = one.numbers, two.numbers
        return bool(n) and (not m or _before_the_point(n) < _before_the_point(m) or n[1:] < m[1:])
    if one.name in _MOMENTS:
        return _is_coarser(one, two)
    if one.name == "varbit" or (one.name == "bit" and dialect != "postgresql"):
        return _room(two) < _room(one)
    return one.numbers != two.numbers


def _is_coarser(one: _Type, two: _Type) -> bool:
    """Say whether a time has fewer digits behind the second."""
    return two.numbers < one.numbers


def _before_the_point(numbers: tuple[int, ...]) -> int:
    return numbers[0] - (numbers[1] if len(numbers) > 1 else 0)
