"""The names that PostgreSQL gives to constraints and indexes that were created without one."""

from __future__ import annotations

LIMIT = 63


def generated_name(first: str, second: str, label: str) -> str:
    """Return `first_second_label`, the longer of the first two cut so that it fits into 63 bytes.

    This is makeObjectName() of src/backend/commands/indexcmds.c; the server adds a number where the name is taken.
    """
    one, two = first.encode(), second.encode()
    overhead = len(label) + 1 + (1 if two else 0)
    available = LIMIT - overhead
    while len(one) + len(two) > available:
        if len(one) > len(two):
            one = one[:-1]
        else:
            two = two[:-1]
    parts = [part.decode(errors="ignore") for part in (one, two) if part]
    return "_".join([*parts, label])
