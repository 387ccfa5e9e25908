"""Plurals and singulars of words that tables are named by."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.levels.naming.plurals import plural, singular

PAIRS = [line.split() for line in Path(__file__).with_name("words.txt").read_text().splitlines()]


@pytest.mark.parametrize(
    ("change", "at", "becomes"), [(plural, 0, 1), (plural, 1, 1), (singular, 1, 0), (singular, 0, 0)]
)
def test_words_of_real_schemas(change, at: int, becomes: int) -> None:  # type: ignore[no-untyped-def]
    wrong = {pair[at]: change(pair[at]) for pair in PAIRS if change(pair[at]) != pair[becomes]}
    assert not wrong
    assert len(PAIRS) > 200


@pytest.mark.parametrize("word", ["straße", "élève", "заказ", "顧客", "123", "x", "", "a1"])
def test_what_is_no_english_word_stays(word: str) -> None:
    assert plural(word) == singular(word) == word


def test_a_plural_of_a_plural_is_the_plural() -> None:
    made = [
        "".join(pair) for pair in zip("bcdfgklmnprstvwz", ["ouse", "iss", "ax", "ey", "ista", "men"] * 3, strict=False)
    ]
    assert [plural(plural(each)) for each in made] == [plural(each) for each in made]
