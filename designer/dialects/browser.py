"""Writes what the browser needs to know about the databases as a JavaScript module.

`python -m designer.dialects.browser` writes `static/designer/doc/dialects.js` anew; a test fails while the file is not
current.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from designer.dialects.base import Dialect
from designer.dialects.features import ENUM_TYPES, INLINE_ENUMS
from designer.dialects.registry import DIALECTS, get
from designer.dialects.types import COMMON

TARGET = Path(__file__).parents[2] / "static" / "designer" / "doc" / "dialects.js"

_HEAD = """\
/**
 * Facts about the databases. Generated from designer/dialects/ by `python -m designer.dialects.browser`; edit there.
 *
 * `types` gives the logical word for a raw type name in lower case; COMMON_TYPES holds where it says nothing.
 */
"""
_WIDTH = 112


def dialects_module() -> str:
    """Return the text of `dialects.js`."""
    entries = "".join(f"  {name}: {_facts(get(name))},\n" for name in DIALECTS)
    common = f"export const COMMON_TYPES = {_object(COMMON, '')};\n"
    return f"{_HEAD}\n{common}\nexport const DIALECTS = {{\n{entries}}};\n"


def write() -> bool:
    """Write `dialects.js` and say whether it was out of date."""
    text = dialects_module()
    stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text
    if stale:
        TARGET.write_text(text, encoding="utf-8")
    return stale


def _facts(dialect: Dialect) -> str:
    quotes = [(dialect.quote_open, dialect.quote_close), *dialect.other_quotes]
    own_types = {raw: word for raw, word in dialect.to_logical.items() if COMMON.get(raw) != word}
    lines = [
        f"title: {_js(dialect.title)},",
        f"quotes: {_js(quotes)},",
        f"folds: {_js(dialect.folds)},",
        f"arrays: {_js(dialect.supports('arrays'))},",
        f"bareName: /{_pattern(dialect.bare_name)}/u,",
        f"reserved: {_words(dialect.reserved)},",
        f"types: {_object(own_types, '    ')},",
        f"backslashEscapes: {_js(dialect.backslash_escapes)},",
        f"enums: {_js(_enums(dialect))},",
        f"rawTypes: {_object(dialect.from_logical, '    ')},",
        f"lossy: {_object(dialect.lossy, '    ')},",
    ]
    return "{\n" + "".join(f"    {line}\n" for line in lines) + "  }"


def _enums(dialect: Dialect) -> str:
    """Say how the database writes an enum: as a type of its own, inside the column, or (empty) not at all."""
    return "types" if dialect.supports(ENUM_TYPES) else "inline" if dialect.supports(INLINE_ENUMS) else ""


def _pattern(pattern: re.Pattern[str]) -> str:
    r"""Return a pattern in JavaScript's words: its `$` already means the very end, which Python calls `\Z`."""
    return pattern.pattern.removesuffix(r"\Z") + "$"


def _words(reserved: frozenset[str]) -> str:
    lines = _filled([json.dumps(word) for word in sorted(reserved)], "      ")
    return "[\n" + lines + "    ]" if reserved else "[]"


def _object(entries: dict[str, str], indent: str) -> str:
    pairs = [f"{_js(name)}: {_js(value)}" for name, value in sorted(entries.items())]
    return "{\n" + _filled(pairs, indent + "  ") + indent + "}" if pairs else "{}"


def _filled(pieces: list[str], indent: str) -> str:
    lines = [""]
    for piece in pieces:
        if lines[-1] and len(lines[-1]) + len(piece) > _WIDTH - len(indent):
            lines.append("")
        lines[-1] = f"{lines[-1]} {piece},".lstrip()
    return "".join(f"{indent}{line}\n" for line in lines)


def _js(value: Any) -> str:
    return json.dumps(value)


if __name__ == "__main__":
    sys.stderr.write("dialects.js written\n" if write() else "dialects.js is current\n")
