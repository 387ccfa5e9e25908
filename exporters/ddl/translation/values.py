"""Defaults of columns in another database: moments, identifiers, truths, bytes, texts and simple arithmetic."""

from __future__ import annotations

import re
from datetime import datetime

from sqlglot import exp

from designer.dialects.base import Dialect
from exporters.ddl.text import is_enclosed
from exporters.ddl.translation.arrays import json_of_array
from exporters.ddl.translation.conditions import FAMILY, Translator
from exporters.ddl.translation.kinds import kind_of_type

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\Z")
_STRING = re.compile(r"\(*\s*[nN]?'((?:[^']|'')*)'\s*\)*(?:::[\w\s.\"()\[\],]+)?\)*\Z")
_CAST = re.compile(r"::[\w\s.\"\[\]]+(?:\(\d+(?:,\s*\d+)?\))?(?:\s+with(?:out)? time zone)?(?:\[\])*\Z")
_NOW = re.compile(
    r"(?:now|transaction_timestamp|statement_timestamp|clock_timestamp|current_timestamp|localtimestamp|localtime|"
    r"sysdate|datetime)\s*(?:\(\s*(?:\d|'now')?\s*\))?\Z|'now'(?:::\w+)?\Z",
    re.IGNORECASE,
)
_UTC = re.compile(
    r"(?:timezone\s*\(\s*'utc'(?:::text)?\s*,\s*now\s*\(\s*\)\s*\)|\(?\s*(?:now\s*\(\s*\)|current_timestamp)\s*"
    r"at time zone 'utc'(?:::text)?\s*\)?|utc_timestamp\s*(?:\(\s*\d?\s*\))?)\Z",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"(?:current_date|curdate|date)\s*(?:\(\s*(?:'now'|now\(\))?\s*\))?\Z|\(?'now'::text\)?::date\Z", re.IGNORECASE
)
_UUID = re.compile(r"(?:\w+\.)?(?:gen_random_uuid|uuid_generate_v4|uuidv4|uuid|uuid_v4)\s*\(\s*\)\Z", re.IGNORECASE)
_OTHER_UUID = re.compile(r"(?:\w+\.)?(?:uuid_generate_v1|uuid_generate_v1mc|uuidv7|uuid_v7)\s*\(\s*\)\Z", re.IGNORECASE)
_JSON = {"object": "{}", "array": "[]"}
_EMPTY_JSON = re.compile(r"jsonb?_(?:build_)?(object|array)\s*\(\s*\)\Z", re.IGNORECASE)
_HEX = re.compile(r"(?:x'|0x|'\\x)((?:[0-9a-f]{2})*)'?(?:::bytea)?\Z", re.IGNORECASE)
_BITS = re.compile(r"(?:b)?'([01]+)'(?:::[\"\w\s()]+)?\Z", re.IGNORECASE)
_TRUTH = {
    **dict.fromkeys(("true", "1", "'1'", "'t'", "b'1'", "'true'", "'y'", "'yes'", "'on'"), "true"),
    **dict.fromkeys(("false", "0", "'0'", "'f'", "b'0'", "'false'", "'n'", "'no'", "'off'"), "false"),
}
_MOMENT = re.compile(
    r"(\d{4,}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?|\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*([+-]00(?::?00)?|Z)?\Z"
)
"""A date or time in digits, in UTC where it names a zone; `infinity` and `today` are words of PostgreSQL."""
_IPV4 = re.compile(r"\d+\.\d+\.\d+\.\d+\Z")
_MOMENTS = frozenset({"date", "time", "time_tz", "timestamp", "timestamp_tz"})
_ODD_HEX = re.compile(r"(?:x'|0x)([0-9a-f]+)'?(?:::[\"\w\s()]+)?\Z", re.IGNORECASE)
_ARGUMENT = re.compile(r"\((\d+)\)")
_LARGE = ("text", "json", "blob", "xml", "geometry")


class Defaults:
    """Defaults of `source` in the words of `target`."""

    def __init__(self, source: Dialect, target: Dialect):
        self.source = source
        self.target = target
        self.family = FAMILY.get(target.name, target.name)
        self.translator = _Computed(source, target)

    def said(self, text: str, logical: str, raw: str) -> str | None:
        """Return what stands behind DEFAULT, or None. `raw` is the type of the column in the target."""
        bare = _bare(text)
        if logical.startswith("bits"):
            return self._bits(bare, logical)
        if logical.startswith("set(") and self.family == "postgresql":
            return self._set(bare)
        for attempt in (self._null_or_truth, self._moment, self._uuid, self._bytes, self._json):
            found = attempt(bare, logical)
            if found is not None:
                return self._placed(found, raw)
        found_text = _STRING.match(bare)
        if found_text is not None:
            return self._text(found_text.group(1), logical, raw)
        number = _CAST.sub("", bare).strip("()' ")
        if _NUMBER.match(number) and logical.partition("(")[0] in _MOMENTS:
            return None
        if _NUMBER.match(number) and not number.startswith("+"):
            return self._text(number, logical, raw) if logical.partition("(")[0] in _LARGE else number
        if _ODD_HEX.match(bare):
            return None
        computed = self.translator.condition(bare, wanted=kind_of_type(logical))
        return None if computed is None else f"({computed})"

    def _placed(self, text: str, raw: str) -> str:
        """Return a literal in parentheses where the target takes it only so."""
        if self.family == "mysql" and text.startswith("'") and _is_large(raw):
            return f"({text})"
        return text

    def _null_or_truth(self, text: str, logical: str) -> str | None:
        bare = _CAST.sub("", text).strip()
        if bare.lower() == "null":
            return "NULL"
        if logical == "boolean" and bare.lower() in _TRUTH:
            return self.target.words[_TRUTH[bare.lower()]]
        if bare.lower() in ("true", "false") and logical.partition("(")[0] in ("smallint", "integer", "bigint"):
            return str(int(bare.lower() == "true"))
        return None

    def _moment(self, text: str, logical: str) -> str | None:
        bare = _CAST.sub("", text).strip() if not text.lower().startswith(("('now'", "'now'")) else text
        if _TODAY.match(bare):
            return self.target.words.get("today")
        if _UTC.match(bare):
            return self._utc(logical)
        if not _NOW.match(bare):
            return None
        if logical == "date":
            return self.target.words["today"]
        if logical.partition("(")[0] in ("time", "time_tz"):
            return "CURRENT_TIME" if self.family != "mysql" else "(CURRENT_TIME)"
        return self._now(logical)

    def _utc(self, logical: str) -> str:
        """SQLite has no other time than UTC."""
        if self.family == "sqlite":
            return self.target.words["now"]
        return "(UTC_TIMESTAMP(6))" if self.family == "mysql" else "timezone('utc', now())"

    def _now(self, logical: str) -> str:
        precision = re.search(r"\((\d)\)", logical)
        digits = precision.group(1) if precision else "6"
        if not logical.startswith("timestamp"):
            return "(CURRENT_TIMESTAMP)" if self.family == "mysql" else self.target.words["now"]
        if digits == "0" or (precision is None and self.source.name == "sqlite" and self.family == "mysql"):
            return self.target.words["now()"].replace("{}", "6") if digits != "0" else self.target.words["now"]
        return self.target.words["now()"].replace("{}", digits)

    def _uuid(self, text: str, logical: str) -> str | None:
        if _UUID.match(text) or " ".join(text.split()).strip("()") == self.source.words.get("uuid", "").strip("()"):
            return self.target.words.get("uuid")
        return self.target.words.get("uuid") if _OTHER_UUID.match(text) else None

    def _bytes(self, text: str, logical: str) -> str | None:
        name = logical.partition("(")[0]
        if name not in ("binary", "blob") or not (found := _HEX.match(text)):
            return None
        if self.family == "postgresql":
            return f"'\\x{found.group(1)}'"
        return f"(x'{found.group(1)}')" if self.family == "mysql" else f"x'{found.group(1)}'"

    def _bits(self, text: str, logical: str) -> str | None:
        """Return a string of bits as long as its column: MySQL puts zeros before a shorter one."""
        if text.lower() == "null":
            return "NULL"
        digits, length = _digits(text), _ARGUMENT.search(logical)
        if digits is None:
            return None
        digits = digits.zfill(int(length.group(1))) if length and self.source.name != "postgresql" else digits
        if self.family != "sqlite":
            return f"B'{digits}'"
        return f"x'{int(digits, 2):0{-(-len(digits) // 8) * 2}x}'"

    def _json(self, text: str, logical: str) -> str | None:
        found = _EMPTY_JSON.match(_CAST.sub("", text).strip()) if logical.startswith("json") else None
        return None if found is None else self.target.literal(_JSON[found.group(1).lower()])

    def _set(self, text: str) -> str | None:
        found = _STRING.match(text)
        if found is None:
            return "NULL" if text.lower() == "null" else None
        members = [each.replace("''", "'") for each in found.group(1).split(",") if each]
        return f"ARRAY[{', '.join(map(self.target.literal, members))}]::text[]"

    def _text(self, inner: str, logical: str, raw: str) -> str | None:
        value = inner.replace("''", "'")
        if self.source.backslash_escapes:
            value = re.sub(r"\\(.)", _unescaped, value)
        name = logical.partition("(")[0]
        if name in _MOMENTS:
            moment = _MOMENT.match(value)
            if moment is None or value.startswith("0000"):
                return None
            value = moment.group(1).replace("T", " ")
            if not _is_moment(value):
                return None
        if name in ("smallint", "integer", "bigint", "decimal", "double", "real") and not _NUMBER.match(value):
            return None
        if logical.endswith("[]"):
            listed = json_of_array(value)
            if listed is None:
                return None
            value = listed
        if name == "inet" and raw == "inet6":
            if "/" in value:
                return None
            value = f"::ffff:{value}" if _IPV4.match(value) else value
        return self._placed(self.target.literal(value), raw)


class _Computed(Translator):
    """Expressions in defaults may speak of today and of spans of time."""

    known = (*Translator.known, exp.CurrentTimestamp, exp.CurrentDate, exp.Interval)
    functions = (*Translator.functions, exp.CurrentTimestamp, exp.CurrentDate)

    def _said(self, node: exp.Expression) -> exp.Expression | None:
        if isinstance(node, exp.Column):
            return None
        if isinstance(node, exp.Interval):
            return self._interval(node)
        if isinstance(node, (exp.Add, exp.Sub)) and isinstance(node.expression, exp.Interval):
            return self._later(node)
        return super()._said(node)

    def _interval(self, node: exp.Interval) -> exp.Expression | None:
        """Only spans of one number and one unit are known."""
        plain = isinstance(node.this, exp.Literal) and str(node.this.this).isdigit() and isinstance(node.unit, exp.Var)
        return node if plain else None

    def _later(self, node: exp.Add | exp.Sub) -> exp.Expression | None:
        span = node.expression
        if self.family != "sqlite":
            return node
        sign = "+" if isinstance(node, exp.Add) else "-"
        if not isinstance(node.this, (exp.CurrentTimestamp, exp.CurrentDate)):
            return None
        text = f"{sign}{span.this.this} {str(span.unit.this).lower().rstrip('s')}s"
        word = "datetime" if isinstance(node.this, exp.CurrentTimestamp) else "date"
        return exp.var(f"{word}('now', '{text}')")


def _bare(text: str) -> str:
    """Return an expression without parentheses round the whole of it."""
    bare = text.strip()
    while is_enclosed(bare):
        bare = bare[1:-1].strip()
    return bare


def _digits(text: str) -> str | None:
    """Return the bits of a literal: `b'101'`, `x'5'`, `5`."""
    if found := _BITS.match(text):
        return found.group(1)
    if found := _ODD_HEX.match(text):
        return f"{int(found.group(1), 16):0{len(found.group(1)) * 4}b}"
    return f"{int(text):b}" if text.isdigit() else None


def _is_moment(value: str) -> bool:
    """Say whether there is such a day and time; MySQL knows days without number."""
    try:
        datetime.fromisoformat(value if "-" in value else f"2000-01-01 {value}")
    except ValueError:
        return False
    return True


def _is_large(raw: str) -> bool:
    """Say whether MySQL takes a default of such a type only as an expression."""
    return any(word in raw.lower() for word in ("text", "blob", "json", "geometry"))


def _unescaped(found: re.Match[str]) -> str:
    return {"n": "\n", "r": "\r", "t": "\t", "0": "", "Z": "\x1a", "b": "\b"}.get(found.group(1), found.group(1))
