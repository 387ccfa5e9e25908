"""An order of tables in which rows come after those that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from designer.schema import Id


def in_turn(needs: Mapping[Id, set[Id]], can_wait: Callable[[Id, Id], bool]) -> list[Id]:
    """Return the tables, those first that others need.

    In a circle comes first what needs the fewest tables that it cannot do without; the rest it gets later.
    """
    waiting = {table: set(others) for table, others in needs.items()}
    done: list[Id] = []
    while waiting:
        ready = [table for table, others in waiting.items() if not others]
        if not ready:
            ready = [min(waiting, key=lambda table: sum(not can_wait(table, other) for other in waiting[table]))]
        for table in ready:
            del waiting[table]
        done += ready
        for others in waiting.values():
            others.difference_update(ready)
    return done
