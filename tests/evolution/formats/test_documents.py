"""What is for people and machines: Markdown, Mermaid, JSON, pictures; every format is documented and works by the CLI."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.cli.main import main
from designer.evolution.formats.contract import FormatProblem, Meta
from designer.evolution.formats.markdown import cell, code, fenced
from designer.evolution.formats.registry import FORMATS, all_formats, get
from tests.evolution.formats.bench import META
from tests.evolution.formats.pairs import FOLDER, PAIRS, POSTGRES
from tests.formats.node import models
from tests.nasty import NAMES

_PAGE = Path(__file__).parents[3] / "docs/migrations.md"
_OLD, _NEW = (str(FOLDER / "alone" / f"{part}.sql") for part in ("old", "new"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_documented_and_works(name: str, tmp_path: Path) -> None:
    assert f"| `{name}`" in _PAGE.read_text() or f", `{name}`" in _PAGE.read_text()
    assert main(["diff", _OLD, _NEW, "--dialect", "postgresql", "--to", name, "-o", f"{tmp_path}/out/"]) == 0
    assert [each for each in tmp_path.rglob("*") if each.is_file() and each.stat().st_size]


def test_an_unknown_format_says_which_there_are() -> None:
    with pytest.raises(FormatProblem, match="choose one of: sql, json"):
        get("xml")
    assert [each.name for each in all_formats()] == list(FORMATS)


@pytest.mark.node
@pytest.mark.parametrize("name", PAIRS)
def test_mermaid_reads_the_diagram(name: str) -> None:
    (text,) = get("mermaid").files(*PAIRS[name].ways(), META).values()
    assert isinstance(text, str)
    (model,) = models("mermaid", [text])
    comments = {row["name"]: row["comment"] for each in model["entities"] for row in each["attributes"]}
    assert comments["a_id" if name == "alone" else "added"] == "added"


def test_json_has_the_documented_fields() -> None:
    (text,) = get("json").files(*POSTGRES.ways(), META).values()
    said = json.loads(text)
    assert list(said) == ["dialect", "title", "up", "down"]
    assert list(said["up"]) == ["strategy", "steps", "remarks"]
    page = _PAGE.read_text()
    for step in said["up"]["steps"] + said["down"]["steps"]:
        assert all(f"`{field}`" in page for field in step), step.keys()
        assert step["sql"] and step["effect"]["lock"]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_is_markup(name: str) -> None:
    assert "\n" not in cell(name) and "\n" not in code(name)
    for mark in "`*_[]<>|#":
        assert cell(name).count(mark) == cell(name).count(f"\\{mark}")
    inside = code(name)
    ticks = len(inside) - len(inside.lstrip("`"))
    assert "`" * ticks not in inside[ticks:-ticks]
    fence = fenced(name, "sql").split("\n")
    assert fence[0].removesuffix("sql") == fence[-1] and fence[-1] not in fence[1:-1]


def test_a_pull_request_is_whole() -> None:
    (page,) = get("markdown").files(*POSTGRES.ways(), META).values()
    assert isinstance(page, str)
    assert page.count("<details>") == page.count("</details>") == 2
    for head in ("### Hazards", "```mermaid", "The script", "The way back"):
        assert head in page
    rows = [line for line in page.split("\n") if line.startswith("| ") and "|--" not in line]
    assert {line.replace("\\|", "").count("|") for line in rows} == {7}


def test_nothing_to_do_is_said() -> None:
    up, _ = POSTGRES.ways()
    up.steps, up.new = [], up.old
    for name in FORMATS:
        assert isinstance(get(name).files(up, up, Meta()), dict)
