"""Every dialect answers every construct, and the published table says so."""

from __future__ import annotations

import pytest

from tests.conformance import page
from tests.conformance.cases import DIALECTS, Case, Differs, Skip, cases_of
from tests.conformance.constructs import CONSTRUCTS

ANSWERS = [(dialect, name, case) for dialect in DIALECTS for name, case in cases_of(dialect).items()]
_SHORTEST_REASON = 12
"""Characters: "none" is no reason."""


@pytest.mark.parametrize("dialect", [each for each in DIALECTS if cases_of(each)])
def test_every_construct_is_answered_once(dialect: str) -> None:
    assert sorted(cases_of(dialect)) == sorted(CONSTRUCTS)


def test_every_answer_says_something() -> None:
    assert [(dialect, name) for dialect, name, case in ANSWERS if not _says_something(case)] == []


def _says_something(case: Case) -> bool:
    if isinstance(case, str):
        return ";" in case
    return len(case.why if isinstance(case, Differs) else case.reason) >= _SHORTEST_REASON


def test_no_dialect_skips_what_is_everywhere() -> None:
    everywhere = {"table", "primary_key", "foreign_key", "index", "view", "trigger", "names_nasty", "values_nasty"}
    assert [name for _, name, case in ANSWERS if name in everywhere and isinstance(case, Skip)] == []


def test_the_published_table_is_up_to_date() -> None:
    assert page.PLACE.read_text() == page.written(), "run python -m tests.conformance.page"
