"""Writes the table of kinds as a JavaScript module, so that the browser's algebra reads the same facts.

`python -m designer.schema.browser` writes `static/designer/doc/kinds.js` anew; a test fails while the file is not
current.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from designer.schema.base import CompositeField, End, Expr, IndexPart, Record, Use
from designer.schema.ids import ALPHABET, ID_PATTERN
from designer.schema.ids import LENGTH as ID_LENGTH
from designer.schema.kinds import KINDS, PARENT_KINDS, PICTURE_KINDS, RANK, REFERENCES

STRUCTS = (Use, Expr, IndexPart, CompositeField, End)
_WIDTH = 108
TARGET = Path(__file__).parents[2] / "static" / "designer" / "doc" / "kinds.js"

_HEAD = """\
/**
 * The record kinds and what their fields refer to. Generated from designer/schema/kinds.py by
 * `python -m designer.schema.browser`; edit there.
 *
 * A field is [type, default]; a field without a default must be given. Types: text, flag, number, id, map (text to
 * text), or the name of a struct; `?` allows null, `[]` is a list. A reference is [shape, policy].
 */
"""


def kinds_module() -> str:
    """Return the text of `kinds.js`."""
    parts = [
        _HEAD,
        f"export const ID_ALPHABET = {_js(ALPHABET)};\n",
        f"export const ID_LENGTH = {ID_LENGTH};\n",
        f"export const ID_PATTERN = /{ID_PATTERN.pattern}/;\n",
        f"export const PICTURE_KINDS = {_js(sorted(PICTURE_KINDS))};\n",
        f"export const ARRAY_STRUCTS = {_js([cls.__name__ for cls in STRUCTS if cls.__struct_config__.array_like])};\n",
        _block("export const STRUCTS", {cls.__name__: _inline(_fields(cls)) for cls in STRUCTS}),
        _block("const COMMON", {name: _js(value) for name, value in _fields(Record).items() if name != "id"}),
        _block("const COMMON_REFERENCES", {name: _js(value) for name, value in _common_references().items()}),
        _block("export const KINDS", {kind: _kind(kind) for kind in KINDS}),
    ]
    return "\n".join(parts)


def write() -> bool:
    """Write `kinds.js` and say whether it was out of date."""
    text = kinds_module()
    stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text
    if stale:
        TARGET.write_text(text, encoding="utf-8")
    return stale


def _common_references() -> dict[str, tuple[str, str]]:
    return {name: REFERENCES["model"][name] for name in ("parent", "origin")}


def _kind(kind: str) -> str:
    common = _fields(Record)
    own = {name: value for name, value in _fields(KINDS[kind]).items() if name not in common}
    references = {name: value for name, value in REFERENCES[kind].items() if name not in _common_references()}
    lines = [
        f"rank: {RANK[kind]},",
        f"parents: {_js(sorted(PARENT_KINDS[kind]))},",
        *_object("fields", ["...COMMON", *_pairs(own)]),
        *_object("references", ["...COMMON_REFERENCES", *_pairs(references)]),
    ]
    return "{\n" + "".join(f"    {line}\n" for line in lines) + "  }"


def _object(name: str, pairs: list[str]) -> list[str]:
    """Return `name: { pairs },` on one line, or filled into as many as are needed."""
    short = f"{name}: {{ {', '.join(pairs)} }},"
    return [short] if len(short) <= _WIDTH else [f"{name}: {{", *(f"  {line}" for line in _filled(pairs)), "},"]


def _filled(pairs: list[str]) -> list[str]:
    lines = [""]
    for pair in pairs:
        if lines[-1] and len(lines[-1]) + len(pair) > _WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {pair},".lstrip()
    return lines


def _fields(cls: type[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for field in msgspec.inspect.type_info(cls).fields:  # type: ignore[attr-defined]
        entry: list[Any] = [_type_name(field.name, field.type, _id_fields(cls))]
        if field.default is not msgspec.NODEFAULT:
            entry.append(msgspec.to_builtins(field.default))
        elif field.default_factory is not msgspec.NODEFAULT:
            entry.append(msgspec.to_builtins(field.default_factory()))
        found[field.name] = entry
    return found


def _id_fields(cls: type[Any]) -> set[str]:
    """Return the fields whose text is an id: those with a reference policy, and the ids inside structs."""
    if not issubclass(cls, Record):
        return {"id", "column", "entity"}
    tag = cls.__struct_config__.tag
    references = REFERENCES[str(tag)] if tag in REFERENCES else _common_references()
    return {"id", *(name for name, (shape, _) in references.items() if shape in ("id", "ids"))}


def _type_name(name: str, kind: msgspec.inspect.Type, ids: set[str]) -> str:
    """Return the type in the words of `kinds.js`. Raises TypeError for a type that the browser has no word for."""
    match kind:
        case msgspec.inspect.StrType():
            return "id" if name in ids else "text"
        case msgspec.inspect.BoolType():
            return "flag"
        case msgspec.inspect.IntType():
            return "number"
        case msgspec.inspect.DictType():
            return "map"
        case msgspec.inspect.StructType():
            return kind.cls.__name__
        case msgspec.inspect.VarTupleType():
            return _type_name(name, kind.item_type, ids) + "[]"
        case msgspec.inspect.UnionType():
            given = [each for each in kind.types if not isinstance(each, msgspec.inspect.NoneType)]
            if len(given) == 1:
                return _type_name(name, given[0], ids) + "?"
    raise TypeError(f"field {name} has a type that kinds.js cannot say: {kind}")


def _block(head: str, entries: dict[str, str]) -> str:
    return f"{head} = {{\n" + "".join(f"  {name}: {text},\n" for name, text in entries.items()) + "};\n"


def _inline(fields: dict[str, list[Any]]) -> str:
    return "{\n" + "".join(f"    {line}\n" for line in _filled(_pairs(fields))) + "  }"


def _pairs(entries: dict[str, Any]) -> list[str]:
    return [f"{name}: {_js(value)}" for name, value in entries.items()]


def _js(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)


if __name__ == "__main__":
    sys.stderr.write("kinds.js written\n" if write() else "kinds.js is current\n")
