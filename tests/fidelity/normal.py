"""What a comparison of catalogs lets pass on a way, since what that way reads does not hold it. docs/fidelity.md says each."""

from __future__ import annotations

import re

from tests.conformance.servers import Reading

_PROGRAMS = ("trigger", "function", "procedure")
_COUNTER = re.compile(r"AUTO_INCREMENT=\d+ ")
_BODY = re.compile(r"\bFOR\s+EACH\s+ROW\b", re.IGNORECASE)
_QUOTED = re.compile(r"`(?:[^`]|``)*`")
_WIDTH = re.compile(r"\b(int|integer|bigint|smallint|mediumint|tinyint)\s*\(\d+\)")


def comparable(dialect: str, way: str, reading: Reading) -> Reading:
    """Return a reading as it counts on a way."""
    if dialect != "mariadb":
        return reading
    if way == "text":  # the script's rows have moved the counters of A
        return {key: _COUNTER.sub("", value) for key, value in reading.items()}
    if way == "pasted":
        return {key: _as_pasted(key[0], value) for key, value in reading.items()}
    return reading


def _as_pasted(kind: str, text: str) -> str:
    """information_schema has no heads of programs as they were typed, and tells no USING BTREE from none."""
    if kind not in _PROGRAMS:
        return text.replace(" USING BTREE", "") if kind == "key" else text
    at = _end_of_head(kind, text)
    head = _WIDTH.sub(r"\1", re.sub(r"\s+", " ", re.sub(r"[`\"]", "", text[:at])).lower())
    return re.sub(r"\s*([(),])\s*", r"\1", head).replace("integer", "int").strip() + "\n" + text[at:].strip()


def _end_of_head(kind: str, text: str) -> int:
    """Return where the body begins: behind FOR EACH ROW, or behind the parameters and what a function returns."""
    if kind == "trigger":
        found = _BODY.search(text)
        return found.end() if found else 0
    depth = 0
    plain = _QUOTED.sub(lambda found: "x" * len(found[0]), text)
    for at, sign in enumerate(plain):
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and depth == 0:
            line = text.find("\n", at)
            return line if line >= 0 else at
    return 0
