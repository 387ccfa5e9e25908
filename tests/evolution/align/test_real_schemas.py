"""A schema against itself leaves nothing to do: its script, the dump of its database, the live database. Downloads; nightly."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import permutations

import pytest

from designer.evolution.align import aligned
from designer.importers.live import read_url
from designer.importers.sql import read as read_text
from designer.schema import Design
from tests.evolution.align.texts import told
from tests.fidelity.__main__ import SCHEMAS, home_of
from tests.fidelity.homes import Home
from tests.fidelity.packages import NotFetched
from tests.fidelity.real import Real
from tests.servers import not_here

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def homes():  # type: ignore[no-untyped-def]
    """Servers, each started when it is first asked for."""
    with ExitStack() as stack:
        running: dict[str, Home] = {}
        yield lambda dialect: running.get(dialect) or running.setdefault(dialect, home_of(dialect, stack))


def _designs(home: Home, real: Real) -> dict[str, Design]:
    script, _ = real.script(home)
    if real.roles:
        home.add_roles(real.roles)  # type: ignore[attr-defined]
    database = home.new()
    home.apply(database, f"{real.setting};\n{script}" if real.setting else script)
    found = {
        "dump": read_text(home.dump(database), "dump.sql", real.dialect).design,
        "live": read_url(home.url(database)).design,
    }
    if not real.known:  # the script of a schema that is known not to come back as written does not tell all
        found["text"] = read_text(script, "schema.sql", real.dialect).design
    return found


@pytest.mark.parametrize("real", SCHEMAS, ids=lambda real: f"{real.name}-{real.dialect}")
def test_nothing_is_left_to_do(homes, real: Real) -> None:  # type: ignore[no-untyped-def]
    try:
        designs = _designs(homes(real.dialect), real)
    except (NotFetched, FileNotFoundError) as problem:
        not_here(str(problem))
    for one, two in permutations(designs, 2):
        there = aligned(designs[one], designs[two], real.dialect, printed=(one != "text", two != "text"))
        assert told(there) == [], f"{one} to {two}"
        assert not there.candidates
