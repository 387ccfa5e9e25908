"""What one edit costs on designs of 10 to 3,000 tables: one small row, whatever the size.

The reference is the smallest design of the same run. Each edit renames a column through the service that the browser
posts to: permission, sequencing, integrity, the log row, the new head in the cache. CPU of the thread that answers;
snapshots, one in 200 edits, are written by another.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time

from bench.tables import markdown

SIZES = (10, 100, 1000, 3000)
EDITS = 60


def _design(tables: int):  # type: ignore[no-untyped-def]
    from designer.schema import Column, Design, Diagram, ForeignKey, Key, Model, Placement, Table, seeded_ids
    from designer.schema.order import sequence

    ids = seeded_ids(f"bench {tables}")
    model, diagram = ids(), ids()
    put = [Model(id=model, name="m", target="postgresql"), Diagram(id=diagram, parent=model, name="d")]
    orders = sequence(10)
    previous = None
    for number in range(tables):
        table = ids()
        put += [Table(id=table, parent=model, name=f"t{number}"), Placement(id=ids(), parent=diagram, element=table)]
        columns = [
            Column(id=ids(), parent=table, name=f"c{n}", type="bigint", order=order) for n, order in enumerate(orders)
        ]
        put += [*columns, Key(id=ids(), parent=table, primary=True, columns=(columns[0].id,))]
        if previous:
            reference = ForeignKey(
                id=ids(), parent=table, columns=(columns[1].id,), ref_table=previous[0], ref_columns=(previous[1],)
            )
            put.append(reference)
        previous = (table, columns[0].id)
    return Design(put)


def measure(tables: int) -> tuple[float, float, int]:
    """Return (median CPU seconds of an edit, of reading the head again, bytes written to the log per edit)."""
    from designer.commands.edit import rename
    from designer.models import LogEntry
    from designer.schema import Column
    from designer.services import branches, local, projects, snapshots

    user = local.local_user()
    branch = projects.create(user, f"bench {tables}", design=_design(tables))
    snapshots.make(branch.pk, branch.head)  # as it is made in the background after a large import
    columns = branches.load(branch)[0].of(Column)
    spent = []
    for number in range(EDITS):
        target = columns[number % len(columns)].id
        start = time.thread_time()
        branches.run_command(user, branch, lambda d, t=target, n=number: rename(d, t, f"renamed_{n}"))
        spent.append(time.thread_time() - start)
    start = time.thread_time()
    branches.load(branch)
    reading = time.thread_time() - start
    size = statistics.median(
        len(entry.change) for entry in LogEntry.objects.filter(branch=branch).order_by("-version")[:EDITS]
    )
    return statistics.median(spent), reading, int(size)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WHOLEKEY_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designer.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        measured = {size: measure(size) for size in SIZES}
    first = measured[SIZES[0]][0]
    rows = [
        [size, f"{cost * 1000:.2f}", f"{cost / first:.2f}", f"{load * 1000:.2f}", log]
        for size, (cost, load, log) in measured.items()
    ]
    head = ["tables", "CPU ms an edit (median)", f"× {SIZES[0]} tables", "CPU ms to load the head", "bytes in the log"]
    print(markdown(head, rows))


if __name__ == "__main__":
    main()
