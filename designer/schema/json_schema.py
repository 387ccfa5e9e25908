"""The JSON Schema of the file format, made from the records and their docstrings.

Run `python -m designer.schema.json_schema` to write it to standard output; `docs/wholekey.schema.json` is that text.
"""

from __future__ import annotations

import inspect
import json
import sys
from typing import Any

import msgspec

from designer.schema.allowed import NULLS, WORDS
from designer.schema.base import CompositeField, End, Expr, IndexPart, Use
from designer.schema.codec import FORMAT_VERSION
from designer.schema.ids import ID_PATTERN
from designer.schema.kinds import ALL, KINDS, PARENT_KINDS, REFERENCES

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLACE = "#/$defs/{name}"
_ID = {"type": "string", "pattern": ID_PATTERN.pattern}
_VALUES = (Expr, Use, IndexPart, CompositeField, End)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of `*.wholekey.json`.

    It says what the decoder takes, and what `designer.schema.validation` says about one field at a time: the form of
    ids and the words that a field may hold. That references lead somewhere, no JSON Schema can say.
    """
    _, components = msgspec.json.schema_components([*ALL, *_VALUES], ref_template=_PLACE)
    for kind, cls in KINDS.items():
        _describe(kind, components[cls.__name__])
    _values(components)
    return {
        "$schema": _DIALECT,
        "title": "Wholekey design",
        "description": "A design: a flat list of records that name one another by id. "
        "Fields at their default are left out; canonical files have one record a line, sorted by kind and id.",
        "type": "object",
        "required": ["wholekey"],
        "additionalProperties": False,
        "properties": {
            "wholekey": {"description": "The version of the format.", "const": FORMAT_VERSION},
            "records": {"type": "array", "items": {"$ref": "#/$defs/AnyRecord"}, "default": []},
        },
        "$defs": {**_any_record(), **components},
    }


def _any_record() -> dict[str, Any]:
    branches = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"$ref": _PLACE.format(name=cls.__name__)}}
        for kind, cls in KINDS.items()
    ]
    record = {
        "description": "A record of the kind that its field `kind` says.",
        "type": "object",
        "required": ["kind", "id"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": branches,
    }
    return {"AnyRecord": record}


def _describe(kind: str, component: dict[str, Any]) -> None:
    """Complete what msgspec makes of a record, in place."""
    component["description"] = inspect.getdoc(KINDS[kind])
    component["additionalProperties"] = False
    fields = component["properties"]
    fields["id"] = dict(_ID)
    for name, (shape, _) in REFERENCES[kind].items():
        if shape == "id":
            fields[name] = {**fields[name], "anyOf": [dict(_ID), {"type": "null"}]}
        elif shape == "ids":
            fields[name]["items"] = dict(_ID)
    for name in fields:
        if (kind, name) in WORDS:
            fields[name] = {**fields[name], "enum": list(WORDS[kind, name])}
    if PARENT_KINDS[kind]:
        parents = " or ".join(sorted(PARENT_KINDS[kind]))
        fields["parent"] = {"description": f"The {parents} that the record belongs to.", **_ID}
        component["required"] = sorted({*component["required"], "parent"})
    else:
        fields["parent"] = {"description": "A model is a root and has none.", "type": "null"}


def _values(components: dict[str, Any]) -> None:
    for cls in _VALUES:
        components[cls.__name__]["description"] = inspect.getdoc(cls)
        if cls is not Use:
            components[cls.__name__]["additionalProperties"] = False
    components["IndexPart"]["properties"]["nulls"]["enum"] = list(NULLS)
    components["End"]["properties"]["min"]["minimum"] = 0


def text() -> str:
    """Return the schema as it stands in `docs/wholekey.schema.json`."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
