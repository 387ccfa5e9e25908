"""`wholekey lint`: what it writes, where it points, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from designer.lint.registry import RULES, all_rules
from designer.schema import codec
from tests.cli.conftest import Wholekey
from tests.nasty import nasty_design

SARIF = json.loads((Path(__file__).parents[1] / "lint/sarif-used.schema.json").read_text())

WARNED = """CREATE TABLE users (
    id int PRIMARY KEY
);

CREATE TABLE posts (
    id int PRIMARY KEY,
    author int NOT NULL REFERENCES users
);
"""
WRONG = WARNED.replace("NOT NULL REFERENCES users", "NOT NULL REFERENCES users ON DELETE SET NULL")


def test_a_line_says_where_how_bad_and_what(wholekey: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "blog.sql").write_text(WARNED)
    ran = wholekey("lint", "blog.sql")
    assert ran.text == (
        "blog.sql:5: warning WK205: no index on author of posts, which refers to users (posts(author))\n"
    )
    assert ran.err == "1 warning\n"
    assert ran.code == 0


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (WARNED, [], 0),
        (WARNED, ["--fail-on", "warning"], 1),
        (WARNED, ["--fail-on", "warning", "--skip", "WK205"], 0),
        (WARNED, ["--fail-on", "warning", "--skip", "foreign-key-without-index"], 0),
        (WRONG, [], 1),
        (WRONG, ["--fail-on", "never"], 0),
        ("CREATE TABLE t (id int PRIMARY KEY);", ["--fail-on", "warning"], 0),
    ],
)
def test_the_exit_code_follows_the_worst(forked: Wholekey, text: str, options: list[str], code: int) -> None:
    ran = forked("lint", "-", "--dialect", "postgresql", *options, stdin=text.encode())
    assert ran.code == code, ran.text + ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name the design or SQL file"),
        (["nothing.sql"], "there is no such file"),
        (["-", "--skip", "WK999"], "there is no rule WK999"),
        (["--explain", "nonsense"], "there is no rule nonsense"),
    ],
)
def test_bad_input_is_told_in_one_sentence(forked: Wholekey, arguments: list[str], says: str) -> None:
    ran = forked("lint", *arguments)
    assert ran.code == 2
    assert says in ran.err
    assert ran.text == ""


def test_json_points_to_records_of_a_design_file(forked: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "blog.sql").write_text(WARNED)
    assert forked("import", "blog.sql", "-o", "blog.wholekey.json").code == 0
    told = json.loads(forked("lint", "blog.wholekey.json", "--to", "json").text)
    (found,) = told["findings"]
    assert told["counts"] == {"error": 0, "warning": 1, "info": 0}
    assert found["fix"] == "Add an index on author"
    lines = (tmp_path / "blog.wholekey.json").read_text().split("\n")
    assert f'"id":"{found["about"]}"' in lines[found["line"] - 1]


def test_sarif_is_valid_and_names_every_rule(forked: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "my blog.sql").write_text(WRONG)
    log = json.loads(forked("lint", "my blog.sql", "--to", "sarif").text)
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    first = run["results"][0]
    assert first["level"] == "error"
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "WK208"
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "my%20blog.sql"}, "region": {"startLine": 5}}


def test_hostile_names_stay_on_their_line(forked: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "nasty.wholekey.json").write_bytes(codec.encode(nasty_design()))
    ran = forked("lint", "nasty.wholekey.json", "--fail-on", "never")
    assert ran.code == 0
    lines = ran.text.removesuffix("\n").split("\n")
    assert len(lines) > 10
    assert all(line.startswith("nasty.wholekey.json:") for line in lines)
    log = json.loads(forked("lint", "nasty.wholekey.json", "--to", "sarif", "--fail-on", "never").text)
    jsonschema.validate(log, SARIF)


def test_every_rule_can_be_explained(forked: Wholekey) -> None:
    rule = all_rules()[0]
    ran = forked("lint", "--explain", rule.code)
    assert ran.code == 0
    assert ran.text.startswith(f"{rule.code} {rule.name}")
    assert rule.firing.text in ran.text
