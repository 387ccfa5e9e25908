"""History on a log of 1,000 and 10,000 versions of 300 and 3,000 tables: blame, timelines, and a state far back.

`first` is asked of a process that has read nothing of the log yet; `again` is what every later question costs. One entry
in fifty is a merge of a branch with an edit of its own. The reference is loading the head from its last snapshot.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench.tables import markdown

SIZES = ((300, 1_000), (300, 10_000), (3_000, 1_000), (3_000, 10_000))
COLUMNS = ("tables", "versions", "blame of a table, first", "again", "timeline of it", "timeline of the project", "state in the middle", "the head")  # fmt: skip
MERGES = 50
TYPES = ("bigint", "integer", "uuid", "text")


def taken(act: Callable[[], Any]) -> float:
    """Return how many milliseconds something takes, by the clock."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def project(tables: int, versions: int) -> Any:
    """Make a project whose main branch has so many versions. Returns the branch."""
    from bench.edit import _design
    from designer.change import Change, apply, change_encode
    from designer.models import Branch, LogEntry
    from designer.schema import Column
    from designer.services import branching, local, projects, snapshots

    chance, user = random.Random(7), local.local_user()
    main = projects.create(user, f"history {tables} {versions}", design=_design(tables))
    design = projects.branches.load(main)[0]
    columns = [each.id for each in design.of(Column)]
    rows = []
    beside = design
    side = branching.create(user, main, "side")
    for number in range(2, versions + 1):
        column = design[columns[number % 37] if number % 3 else chance.choice(columns)]
        assert isinstance(column, Column)
        new = chance.choice([each for each in TYPES if each != column.type])
        change = Change(changed={column.id: {"type": (column.type, new)}})
        design = apply(design, change)
        text = change_encode(change).decode()
        about = {"workspace": main.workspace, "key": str(number), "author": user, "author_name": f"person {number % 7}", "label": "Set type", "change": text}  # fmt: skip
        theirs = beside[column.id]
        if number % MERGES == 0 and isinstance(theirs, Column) and theirs.type != new:
            side.head += 1
            own = Change(changed={column.id: {"type": (theirs.type, new)}})
            beside = apply(beside, own)
            rows.append(LogEntry(branch=side, version=side.head, **{**about, "change": change_encode(own).decode()}))
            about |= {"merged_from": side, "merged_version": side.head, "label": "Merge side"}
        rows.append(LogEntry(branch=main, version=number, **about))
    LogEntry.objects.bulk_create(rows, batch_size=1000)
    for each in (main, side):
        Branch.objects.filter(pk=each.pk).update(head=versions if each is main else side.head)
    for due in [*range(snapshots.ENTRIES, versions, snapshots.ENTRIES), versions]:
        snapshots.make(main.pk, due)  # as they are made while a log grows
    return Branch.objects.select_related("project").get(pk=main.pk)


def measure(tables: int, versions: int) -> list[str]:
    """Return one row of the table."""
    from designer.schema import Table
    from designer.services import blame, branches, timeline, touching, travelling
    from designer.services.cache import DESIGNS

    main = project(tables, versions)
    DESIGNS.clear()
    head = taken(lambda: branches.load(main))
    design, _ = branches.load(main)
    table = design.of(Table)[0].id
    ids = blame.parts_of(design, table)
    touching.forget()
    first = taken(lambda: blame.stories(main, main.head, ids, design))
    again = min(taken(lambda: blame.stories(main, main.head, ids, design)) for _ in range(5))
    of_table = taken(lambda: timeline.page(main, timeline.Wish(element=table)))
    of_project = taken(lambda: timeline.page(main, timeline.Wish()))
    DESIGNS.clear()
    middle = taken(lambda: travelling.past(main, main.head // 2))
    return [
        f"{tables:,}",
        f"{versions:,}",
        *(f"{each:.0f} ms" for each in (first, again, of_table, of_project, middle, head)),
    ]


def main() -> None:
    """Print the table."""
    os.environ["WHOLEKEY_VAR"] = tempfile.mkdtemp()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designer.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(markdown(COLUMNS, [measure(tables, versions) for tables, versions in SIZES]))


if __name__ == "__main__":
    main()
