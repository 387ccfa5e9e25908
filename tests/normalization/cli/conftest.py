"""Running `wholekey normalize` within the test's own process: most tests here run it on many inputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from designer.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What the command did."""

    code: int
    out: str
    err: str

    @property
    def relations(self) -> list[dict[str, Any]]:
        return json.loads(self.out)["relations"]

    @property
    def only(self) -> dict[str, Any]:
        (relation,) = self.relations
        return relation


Normalize = Callable[..., Ran]


@pytest.fixture
def normalize(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Normalize:
    """Return a function that runs the command on relations or text; it answers in JSON where nothing else is asked."""

    def run(given: object, *arguments: str, name: str = "relations.json") -> Ran:
        path = tmp_path / name
        data = given if isinstance(given, bytes) else given if isinstance(given, str) else json.dumps(given)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        asked = arguments if "--to" in arguments else ("--to", "json", *arguments)
        code = main(["normalize", str(path), *asked])
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run


@pytest.fixture
def of(normalize: Normalize) -> Normalize:
    """Return a function that runs the command on relations given as dictionaries."""

    def run(*relations: object, arguments: tuple[str, ...] = ()) -> Ran:
        return normalize({"relations": list(relations)}, *arguments)

    return run
