"""Each rule fires on its firing pair of schemas and keeps silent on the other; the page about them is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.evolution import Options, migrate
from designer.evolution.align import aligned
from designer.evolution.contract import Hazard, Migration
from designer.evolution.hazards import judged
from designer.evolution.hazards.contract import Pair
from designer.evolution.hazards.handbook import page
from designer.evolution.hazards.registry import RULES, all_rules, get
from designer.evolution.renames_asked import asked
from designer.importers.sql import read
from designer.schema import Table

ROOT = Path(__file__).parents[3]
_CODES = list(RULES)


def migration_of(pair: Pair, **options: object) -> Migration:
    """Return the judged migration between two schemas."""
    old, new = (read(text, "", pair.target).design for text in (pair.old, pair.new))
    renames = asked([f"{one}={two}" for one, two in pair.renames], old, new, pair.target)
    both = aligned(old, new, pair.target, renames=renames)
    rows = {each.id: int(str(options["rows"])) for each in both.old.of(Table)} if "rows" in options else {}
    return judged(migrate(both.old, both.new, pair.target, options=Options(rows=rows)))


def hazards_of(pair: Pair) -> list[Hazard]:
    """Return all hazards of the migration between two schemas."""
    return [hazard for step in migration_of(pair).steps for hazard in step.hazards]


@pytest.mark.parametrize("code", _CODES)
def test_a_rule_fires_where_it_should(code: str) -> None:
    found = hazards_of(get(code).firing)
    assert code in {each.code for each in found}, [each.code for each in found]


@pytest.mark.parametrize("code", _CODES)
def test_a_rule_is_silent_where_it_should_be(code: str) -> None:
    pair = get(code).silent
    assert pair.old != pair.new
    assert code not in {each.code for each in hazards_of(pair)}


def test_messages_are_sentences_without_gaps() -> None:
    for rule in all_rules():
        for hazard in hazards_of(rule.firing):
            assert "  " not in hazard.message
            assert not hazard.message.endswith((".", ":", " ")), hazard.message
            assert hazard.query == "" or hazard.query.endswith(";")


def test_every_rule_has_help_and_its_own_name() -> None:
    rules = all_rules()
    assert len({rule.name for rule in rules}) == len(rules)
    for rule in rules:
        assert len(rule.help) > 40 and rule.help.endswith("."), rule.code
        assert not rule.title.endswith(".")


def test_row_counts_are_said() -> None:
    step = migration_of(get("WM201").firing, rows=40_000_000).steps[0]
    assert step.effect.rows == 40_000_000
    assert any("40 M rows" in hazard.message for hazard in step.hazards)


def test_a_table_without_rows_has_no_hazards_of_rows() -> None:
    step = migration_of(get("WM301").firing, rows=0).steps[0]
    assert not {hazard.code for hazard in step.hazards} & {"WM301", "WM302"}


def test_the_page_is_up_to_date() -> None:
    written = (ROOT / "docs/hazards.md").read_text(encoding="utf-8")
    assert written == page(), "run: python -m designer.evolution.hazards.handbook > docs/hazards.md"


@pytest.mark.parametrize("dialect", ["postgresql", "mariadb", "sqlite"])
def test_views_that_show_another_name_are_named_once(dialect: str) -> None:
    old = """CREATE TABLE t (id int PRIMARY KEY, a int, c int); CREATE VIEW v AS SELECT id, a FROM t;
    CREATE VIEW s AS SELECT * FROM t; CREATE VIEW kept AS SELECT a AS a, c FROM t;"""
    new = old.replace("a int", "b int").replace("id, a", "id, b").replace("a AS a, c", "b AS a")
    found = [each.message for each in hazards_of(Pair(old, new, dialect, (("t.a", "b"),))) if each.code == "WM417"]
    assert sorted(found) == [
        "the view kept no longer gives c: programs that ask it for c fail",
        "the view s gives b in place of a: programs that ask it for a fail",
        "the view v gives b in place of a: programs that ask it for a fail",
    ]
