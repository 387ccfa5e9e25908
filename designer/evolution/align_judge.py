"""What counts as the same on both sides of a migration: stricter than a comparison where nobody left it to the server.

`designer.compare` takes a value that one side does not say for agreement. Between two texts that people wrote it is
none: `ENGINE=MyISAM` against nothing is a change. It is one only where the other side is what a server prints.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from designer.compare.difference import Verdict
from designer.compare.mysql.collations import Collated
from designer.compare.thing import Thing
from designer.compare.value import Given, Language, Part, Plain, Row, Value
from designer.evolution.contract import Remark
from exporters.ddl.names import generated_name

_ALWAYS = frozenset({
    "definer", "auto increment", "character set client", "collation connection", "database collation", "sql mode",
    "time zone", "version", "schema",
})  # fmt: skip
"""What belongs to sessions, counters and installations: a side that does not say it does not mean another one."""
_USUAL = {
    "engine": "innodb", "algorithm": "undefined", "sql security": "definer", "using": "btree", "row format": "default",
}  # fmt: skip
"""What a server does where nobody says anything."""
_OPCLASS = re.compile(
    r"(?:int[248]|float[48]|numeric|text|bpchar|bool|date|time|timetz|timestamp|timestamptz|interval|uuid|oid|bytea|inet"
    r"|network|macaddr8?|bit|varbit|char|name|array|range|multirange|enum|record|jsonb|tsvector|tsquery|point|box|poly"
    r"|circle|money|pg_lsn|xid8|citext|vector|hstore|ltree|cube|geometry)(?:_(?:minmax|inclusion)|_gist|_2d)?_ops"
    r"|(?:gin|gist)_(?:hstore|ltree|cube|geometry|ltree_array)_ops(?:_2d)?|gist_geometry_ops_2d"
)
"""Operator classes that an index has anyway."""
_SEQUENCE = re.compile(
    r"\bSEQUENCE\s+NAME\s+((?:\"(?:[^\"]|\"\")+\"|[^\s.\"]+)(?:\.(?:\"(?:[^\"]|\"\")+\"|[^\s.\"]+))?)", re.IGNORECASE
)


@dataclass(slots=True)
class Judge:
    """Says which values are the same. `printed` tells of each side whether a server wrote it."""

    language: Language
    printed: tuple[bool, bool]
    remarks: list[Remark] = field(default_factory=list)

    @property
    def trusts_spelling(self) -> bool:
        """Whether what is merely spelled differently is the server's spelling of what people wrote."""
        return self.printed[0] != self.printed[1]

    def loose(self, one: Thing, two: Thing) -> Verdict:
        """Return how alike two objects are for finding partners: as a comparison sees them."""
        words = {**one.fields, **two.fields}
        return max((self._loose(one.fields.get(word), two.fields.get(word)) for word in words), default=Verdict.EQUAL)

    def _loose(self, one: Value | None, two: Value | None) -> Verdict:
        if one is not None and two is not None:
            return one.agree(two, self.language)
        said = one if one is not None else two
        return Verdict.EQUAL if said is None or said.may_be_left_out else Verdict.DIFFERENT

    def same(self, one: Thing, two: Thing, word: str) -> bool:
        """Say whether a field of two objects is the same, and remark what is only spelled differently."""
        verdict = self.verdict(word, one.fields.get(word), two.fields.get(word))
        if word == "name of NOT NULL" and all(_not_null_name(each) == _given_name(each) for each in (one, two)):
            return True
        if word == "identity options" and _sequence_name(one) != _sequence_name(two):
            return False
        if verdict is Verdict.SPELLED:
            self.remarks.append(_spelled(one, word, self.trusts_spelling))
        return verdict is Verdict.EQUAL or (verdict is Verdict.SPELLED and self.trusts_spelling)

    def alike(self, one: Thing, two: Thing, without: frozenset[str] = frozenset()) -> bool:
        """Say whether two objects are the same in all fields but some, without a remark."""
        words = {**one.fields, **two.fields}.keys() - without
        return all(self.verdict(word, one.fields.get(word), two.fields.get(word)) is Verdict.EQUAL for word in words)

    def verdict(self, word: str, one: Value | None, two: Value | None) -> Verdict:
        """Return how two values of a field relate."""
        if one is None or two is None:
            given = isinstance(one if one is not None else two, Given | Collated)
            return self._given(word, str(one or ""), str(two or "")) if given else self._loose(one, two)
        if word == "fields" and isinstance(one, Plain) and isinstance(two, Plain):
            return Verdict.EQUAL if _same_fields(one.value, two.value) else Verdict.DIFFERENT
        if isinstance(one, Given) and isinstance(two, Given):
            return self._given(word, one.value, two.value)
        if isinstance(one, Row) and isinstance(two, Row) and len(one.values) == len(two.values):
            return max(map(self._part, one.values, two.values), default=Verdict.EQUAL)
        found = one.agree(two, self.language)
        return min(found, two.agree(one, self.language)) if found is Verdict.DIFFERENT else found

    def _part(self, one: Value, two: Value) -> Verdict:
        if not (isinstance(one, Part) and isinstance(two, Part)):
            return one.agree(two, self.language)
        said = [self.verdict("part", *pair) for pair in zip(one.manner, two.manner, strict=True)]
        return max(one.subject.agree(two.subject, self.language), *said)

    def _given(self, word: str, one: str, two: str) -> Verdict:
        """What one side does not say is the same where it goes without saying, or where the server wrote the other."""
        if one == two or (word in _ALWAYS and not (one and two)):
            return Verdict.EQUAL
        if one and two:
            return Verdict.DIFFERENT
        said, printed = one or two, self.printed if one else self.printed[::-1]
        if word == "part":  # a server prints an operator class or collation only where it is not the usual one
            return Verdict.EQUAL if _OPCLASS.fullmatch(said) else Verdict.DIFFERENT
        usual = said == _USUAL.get(word) or printed == (True, False)
        return Verdict.EQUAL if usual else Verdict.DIFFERENT


def _same_fields(one: Any, two: Any) -> bool:
    """Say whether the fields of a row type are the same, schemas of types left out where one side leaves them out."""
    return len(one) == len(two) and all(
        a[0] == b[0] and a[2:] == b[2:] and _same_type(a[1], b[1]) for a, b in zip(one, two, strict=True)
    )


def _same_type(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return one == two or ("." not in short and long.rpartition(".")[2] == short)


def _not_null_name(column: Thing) -> str:
    """Return the name of a column's NOT NULL, which is the server's where nobody gave one, or there is none."""
    if str(column.fields.get("nullable", "")) == "yes":
        return _given_name(column)
    return str(column.fields.get("name of NOT NULL", "")) or _given_name(column)


def _sequence_name(column: Thing) -> str:
    """Return the name of the sequence of an identity column, which is the server's where nobody gave one."""
    said = _SEQUENCE.search(str(column.fields.get("identity options", "")))
    usual = generated_name(column.home[-1] if column.home else "", column.name, "seq")
    return said[1].rpartition(".")[2].strip('"') if said else usual


def _given_name(column: Thing) -> str:
    return generated_name(column.home[-1] if column.home else "", column.name, "not_null")


def _spelled(one: Thing, word: str, trusted: bool) -> Remark:
    taken = "taken for the same" if trusted else "taken for a change"
    message = f"the {word} of {one.kind} {one.label} is spelled differently on the two sides; it is {taken}"
    return Remark(message, one.id, "spelled")
