"""The published JSON Schema: current, and of one mind with the program about real and broken files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from designer.importers.contract import ImportProblem
from designer.importers.json_file import read
from designer.schema import KINDS, Design, Model
from designer.schema.codec import encode
from designer.schema.json_schema import json_schema, text
from tests.formats.random_designs import random_design
from tests.formats.samples import library, shop
from tests.nasty import NAMES, nasty_design

PUBLISHED = Path(__file__).parent.parent.parent / "docs" / "wholekey.schema.json"
_VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def _errors(file: Any) -> list[str]:
    return [error.message for error in _VALIDATOR.iter_errors(file)]


def test_it_is_a_json_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_published_file_is_current() -> None:
    """Run `python -m designer.schema.json_schema > docs/wholekey.schema.json` where this fails."""
    assert PUBLISHED.read_text(encoding="utf-8") == text()


def test_it_takes_files_that_were_exported() -> None:
    designs = [shop(), library(), nasty_design(NAMES[:40]), Design(), *(random_design(seed) for seed in range(20))]
    for design in designs:
        assert _errors(json.loads(encode(design))) == []


def test_every_kind_and_field_is_described() -> None:
    definitions = json_schema()["$defs"]
    for cls in KINDS.values():
        assert definitions[cls.__name__]["description"] == cls.__doc__ or cls.__doc__.split("\n")[0] in str(  # type: ignore[union-attr]
            definitions[cls.__name__]["description"]
        )


_MODEL: dict[str, Any] = {"kind": "model", "id": "mode"}
_TABLE: dict[str, Any] = {"kind": "table", "id": "tabl", "parent": "mode"}

BROKEN: list[dict[str, Any]] = [
    {"records": []},
    {"wholekey": "1", "records": []},
    {"wholekey": 2, "records": []},
    {"wholekey": 1, "records": {}},
    {"wholekey": 1, "records": [7]},
    {"wholekey": 1, "records": [{"id": "mode"}]},
    {"wholekey": 1, "records": [{"kind": "model"}]},
    {"wholekey": 1, "records": [{"kind": "tabel", "id": "tabl"}]},
    {"wholekey": 1, "records": [{**_MODEL, "id": "m"}]},
    {"wholekey": 1, "records": [{**_MODEL, "level": "spiritual"}]},
    {"wholekey": 1, "records": [_MODEL, {"kind": "table", "id": "tabl"}]},
    {"wholekey": 1, "records": [_MODEL, {**_TABLE, "name": 7}]},
    {"wholekey": 1, "records": [_MODEL, {**_TABLE, "inherits": "mode"}]},
    {"wholekey": 1, "records": [_MODEL, {**_TABLE, "classification": "secret"}]},
    {"wholekey": 1, "records": [_MODEL, _TABLE, {"kind": "check", "id": "chec", "parent": "tabl", "expr": "x > 0"}]},
]


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: json.dumps(file)[:60])
def test_it_refuses_what_the_program_refuses(file: dict[str, Any]) -> None:
    assert _errors(file)
    with pytest.raises(ImportProblem):
        read(json.dumps(file))


def test_it_refuses_fields_that_nobody_knows() -> None:
    assert _errors({"wholekey": 1, "records": [{**_MODEL, "colour": "red"}]})


def test_a_model_alone_is_a_design() -> None:
    assert _errors(json.loads(encode(Design([Model(id="mode")])))) == []
