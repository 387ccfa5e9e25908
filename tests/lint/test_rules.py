"""Each rule on its own examples, on nasty names and on a large design."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench.generate import postgres_dump
from designer.change import apply, dangling
from designer.commands import Refused
from designer.demo import demo_design
from designer.importers.many import Source, read_sources
from designer.lint import ERROR, INFO, SEVERITIES, WARNING, Example, Rule, findings, fix_for
from designer.lint.handbook import page
from designer.lint.loops import circles
from designer.lint.registry import RULES, all_rules, get
from designer.schema import Design, Table, seeded_ids
from tests.nasty import nasty_design

ROOT = Path(__file__).parents[2]
EACH = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)


def design_of(example: Example) -> Design:
    """Return the design that an example describes."""
    if example.records:
        return Design(example.records)
    return read_sources([Source("example.sql", example.text)], example.target).design


def codes(design: Design, **options: object) -> list[str]:
    return [each.code for each in findings(design, **options)]  # type: ignore[arg-type]


@EACH
def test_the_firing_example_fires_this_rule_and_no_other(rule: Rule) -> None:
    found = findings(design_of(rule.firing))
    assert {each.code for each in found} == {rule.code}
    assert all(each.severity in SEVERITIES and each.message for each in found)


@EACH
def test_the_silent_example_fires_nothing(rule: Rule) -> None:
    assert findings(design_of(rule.silent)) == []


@EACH
def test_what_a_finding_names_is_in_the_design(rule: Rule) -> None:
    design = design_of(rule.firing)
    for each in findings(design):
        assert {each.about, *each.related} <= set(design)


@EACH
def test_the_fix_settles_it(rule: Rule) -> None:
    design = design_of(rule.firing)
    (found,) = findings(design, rules=[rule])
    if found.fix is None:
        with pytest.raises(Refused, match="no one way"):
            fix_for(design, rule.code, [found.about], seeded_ids("fix"))
        return
    edit = fix_for(design, rule.code, [found.about], seeded_ids("fix"))
    after = apply(design, edit.change)
    assert edit.label
    assert found.fix.label
    assert not dangling(after)
    assert rule.code not in codes(after)
    with pytest.raises(Refused, match="settled already"):
        fix_for(after, rule.code, [found.about], seeded_ids("again"))


def test_many_findings_of_a_rule_are_fixed_in_one_step() -> None:
    tables = "".join(f"CREATE TABLE t{n} (id int PRIMARY KEY, t0_id int REFERENCES t0);" for n in range(1, 6))
    design = design_of(Example("CREATE TABLE t0 (id int PRIMARY KEY);" + tables))
    found = findings(design)
    assert {each.code for each in found} == {"WK205"}
    edit = fix_for(design, "WK205", [each.about for each in found], seeded_ids("fix"))
    assert edit.label == "Fix 5 findings: A foreign key has no index on its columns"
    assert findings(apply(design, edit.change)) == []
    one = fix_for(design, "WK205", [found[0].about, "gone"], seeded_ids("fix"))
    assert len(findings(apply(design, one.change))) == 4


@pytest.mark.parametrize(("code", "about", "says"), [("WK999", "", "no rule"), ("WK101", "gone", "settled")])
def test_a_fix_of_nothing_is_refused(code: str, about: str, says: str) -> None:
    design = demo_design()
    with pytest.raises(Refused, match=says):
        fix_for(design, code, [about or design.of(Table)[0].id], seeded_ids("fix"))


@EACH
def test_a_rule_says_what_it_is(rule: Rule) -> None:
    assert rule.code in RULES
    assert get(rule.code) is get(rule.name) is rule
    assert RULES[rule.code] == rule.name.replace("-", "_")
    assert rule.severity in (ERROR, WARNING, INFO)
    assert rule.help.count(".") >= 2, "why it matters, and what to do"
    assert rule.help.endswith(".")
    assert not rule.title.endswith(".")


def test_every_file_of_rules_is_in_the_registry() -> None:
    files = {path.stem for path in (ROOT / "designer/lint/rules").glob("*.py")} - {"__init__"}
    assert files == set(RULES.values())
    assert list(RULES) == sorted(RULES)


def test_the_demo_has_nothing_that_is_wrong() -> None:
    assert [each.message for each in findings(demo_design()) if each.severity != INFO] == []


@pytest.mark.parametrize("dialect", ["postgresql", "mysql", "mariadb", "sqlite"])
def test_names_that_break_things_break_no_rule(dialect: str) -> None:
    design = nasty_design(target=dialect)
    for each in findings(design):
        assert each.about in design


@pytest.mark.slow
def test_three_thousand_tables_cost_less_than_a_second() -> None:
    design = read_sources([Source("large.sql", postgres_dump(3000))], "postgresql").design
    assert len(design.of(Table)) == 3000
    fastest = min(_cpu(design) for _ in range(3))
    assert fastest < 1.0, f"{fastest:.2f} s"


def _cpu(design: Design) -> float:
    start = time.process_time()
    findings(design)
    return time.process_time() - start


def test_the_page_about_the_rules_is_up_to_date() -> None:
    written = (ROOT / "docs/lint.md").read_text(encoding="utf-8")
    assert written == page(), "run: python -m designer.lint.handbook > docs/lint.md"
    assert all(rule.help in written for rule in all_rules())


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({}, []),
        ({1: [1]}, []),
        ({1: [2], 2: [3]}, []),
        ({1: [2], 2: [1]}, [{1, 2}]),
        ({1: [2], 2: [3], 3: [2, 4], 4: [5], 5: [4, 1]}, [{1, 2, 3, 4, 5}]),
        ({1: [2], 2: [1, 3], 3: [4], 4: [5], 5: [3]}, [{3, 4, 5}, {1, 2}]),
        ({n: [n + 1] for n in range(5000)} | {5000: [0]}, [set(range(5001))]),
    ],
)
def test_circles_are_found_whatever_their_length(graph: dict[int, list[int]], found: list[set[int]]) -> None:
    assert [set(each) for each in circles(graph)] == found


SILENT = {
    "a plain search column": "CREATE TABLE t (id int PRIMARY KEY, located_at text, date_format text, what_at text);",
    "a polymorphic reference": "CREATE TABLE o (id int PRIMARY KEY);"
    "CREATE TABLE t (id int PRIMARY KEY, o_id int NOT NULL, o_type text NOT NULL);",
    "a table that refers to itself": "CREATE TABLE t (id int PRIMARY KEY, up int NOT NULL REFERENCES t);"
    "CREATE INDEX ON t (up);",
    "an index over part of the rows": "CREATE TABLE t (id int PRIMARY KEY, a int, b int);"
    "CREATE INDEX ON t (a) WHERE b > 0; CREATE INDEX ON t (a, b);",
    "a foreign key whose index leaves out NULL": "CREATE TABLE k (id int PRIMARY KEY);"
    "CREATE TABLE t (id int PRIMARY KEY, a int REFERENCES k); CREATE INDEX ON t (a) WHERE a IS NOT NULL;",
    "a foreign key in another order": "CREATE TABLE k (a int, b int, PRIMARY KEY (a, b));"
    "CREATE TABLE t (x int, y int, PRIMARY KEY (x, y), FOREIGN KEY (y, x) REFERENCES k (a, b));",
    "lines of an address": "CREATE TABLE t (id int PRIMARY KEY, line_1 text, line_2 text, line_3 text);",
    "a longer text in the foreign key": "CREATE TABLE k (id varchar(10) PRIMARY KEY);"
    "CREATE TABLE t (id varchar(20) PRIMARY KEY REFERENCES k);",
    "a domain over the same type": "CREATE DOMAIN d AS int; CREATE TABLE k (id int PRIMARY KEY);"
    "CREATE TABLE t (id d PRIMARY KEY REFERENCES k);",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_what_looks_wrong_and_is_not(text: str) -> None:
    assert [each.message for each in findings(design_of(Example(text)))] == []
