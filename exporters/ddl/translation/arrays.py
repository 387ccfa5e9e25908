"""Array literals of PostgreSQL as JSON."""

from __future__ import annotations

import json
import re

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?\Z")
_ITEM = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^",{}\\]*))\s*(,|\Z)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def json_of_array(value: str) -> str | None:
    """Return an array literal as JSON, or None for one that is nested: `{a,"b c",3}` is `["a", "b c", 3]`."""
    if value.startswith("["):
        return value
    if not (value.startswith("{") and value.endswith("}")):
        return None
    inner, items, at = value[1:-1], [], 0
    if not inner.strip():
        return "[]"
    while at <= len(inner):
        found = _ITEM.match(inner, at)
        if found is None:
            return None
        items.append(_item(found))
        if not found.group(3):
            return "[" + ", ".join(items) + "]"
        at = found.end()
    return None


def _item(found: re.Match[str]) -> str:
    quoted, bare = found.group(1), (found.group(2) or "").strip()
    if quoted is not None:
        return json.dumps(_ESCAPED.sub(r"\1", quoted), ensure_ascii=False)
    if bare.upper() == "NULL":
        return "null"
    return bare if _NUMBER.match(bare) else json.dumps(bare, ensure_ascii=False)
