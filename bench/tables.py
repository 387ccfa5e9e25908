"""Medians and Markdown tables for the benchmarks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def cpu_seconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the median CPU seconds of one call."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def markdown(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += [
        "| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row) + " |"
        for row in rows
    ]
    return "\n".join(lines)
