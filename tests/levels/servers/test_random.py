"""Random models with names that break things, derived with random options and applied to real servers."""

from __future__ import annotations

import random

import pytest

from designer.levels.options import OPTIONS
from designer.schema.validation import validate
from tests.levels.generator import Wishes, er_model
from tests.levels.servers.bench import Home, derived, tried
from tests.levels.servers.conftest import HOMES
from tests.nasty import CORPUS

NASTY = tuple(each.name for each in CORPUS)
FEW = {"postgresql": 12, "sqlite": 12, "mysql": 13, "mariadb": 13}
MANY = 250


def options_of(rng: random.Random) -> dict[str, str]:
    """Return about half of the options, with any value."""
    chosen = {each.name: rng.choice(each.values)[0] for each in OPTIONS if each.values and rng.random() < 0.5}
    typed = {
        "length": ("12", "20", "30"),
        "table_prefix": ("t_",),
        "surrogate_name": ("{table}_id", "key"),
        "index_prefix": ("-",),
    }
    chosen |= {name: rng.choice(values) for name, values in typed.items() if rng.random() < 0.3}
    return chosen


def applied(seed: int, dialect: str, home: Home) -> None:
    rng = random.Random(seed)
    design = er_model(seed, Wishes(names=NASTY if seed % 3 else (), entities=rng.choice((3, 5, 8))))
    options = options_of(rng)
    case = derived(design, dialect, options, through_logical=rng.random() < 0.5)
    assert not [each for each in validate(case.design) if each.serious], seed
    outcome = tried(case, home)
    assert not outcome.refused, (seed, options, outcome.refused)
    assert not outcome.differs, (seed, options, outcome.differs[:5])


@pytest.mark.parametrize("dialect", list(FEW), indirect=True)
def test_random_models_are_applied_and_read_back(dialect: str, home: Home) -> None:
    for seed in range(FEW[dialect]):
        applied(1_000 * list(FEW).index(dialect) + seed, dialect, home)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(5))
@pytest.mark.parametrize("dialect", list(HOMES), indirect=True)
def test_many_random_models(dialect: str, home: Home, part: int) -> None:
    for seed in range(part * MANY // 5, (part + 1) * MANY // 5):
        applied(10_000 + 1_000 * list(FEW).index(dialect) + seed, dialect, home)
