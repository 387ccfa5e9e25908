"""What is planned from what a change touches alone is what is planned from everything."""

from __future__ import annotations

import pytest

from designer.evolution import migrate, scope
from designer.evolution.align import aligned
from designer.evolution.postgres import PostgresMover
from designer.evolution.renames_asked import asked
from designer.importers.sql import read
from designer.schema import Design
from tests.evolution.changes.change import Change
from tests.evolution.changes.postgres_base import BASE
from tests.evolution.changes.postgres_keys import INDEXES, KEYS
from tests.evolution.changes.postgres_programs import ROUTINES, TRIGGERS, VIEWS
from tests.evolution.changes.postgres_tables import COLUMNS, TABLES
from tests.evolution.changes.postgres_types import TYPES
from tests.evolution.postgres.test_hard import CHANGES as HARD

CHANGES: list[Change] = [*TABLES, *COLUMNS, *KEYS, *INDEXES, *TYPES, *VIEWS, *ROUTINES, *TRIGGERS, *HARD]


def _pair(change: Change) -> tuple[Design, Design]:
    one, two = (read(text, "", "postgresql").design for text in change.scripts(BASE))
    pair = aligned(one, two, "postgresql", renames=asked(list(change.renames), one, two, "postgresql"))
    return pair.old, pair.new


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_scoped_and_whole_plans_are_the_same(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "_SHARE", 100.0)  # as if each change were a small one of a large design
    old, new = _pair(change)
    for before, after in ((old, new), (new, old)):
        narrow = [step.sql for step in migrate(before, after, "postgresql").steps]
        with monkeypatch.context() as patch:
            patch.setattr(PostgresMover, "scoped", False)
            whole = [step.sql for step in migrate(before, after, "postgresql").steps]
        assert narrow == whole


def test_a_small_change_looks_at_little() -> None:
    tables = "\n".join(
        f"CREATE TABLE t{n} (id integer PRIMARY KEY, p integer REFERENCES t{max(n - 1, 0)});" for n in range(60)
    )
    pair = (
        read(text, "", "postgresql").design for text in (tables, tables.replace("t30 (id integer", "t30 (id bigint"))
    )
    found = aligned(*pair, "postgresql")
    narrow, _ = scope.scoped(found.old, found.new)
    assert len(narrow) < len(found.old) / 8
