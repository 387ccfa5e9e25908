"""The table of real schemas, as a page and as lines on a terminal."""

from __future__ import annotations

from pathlib import Path

from tests.fidelity.ways import WAYS, Walked

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"
TITLES = {"postgresql": "PostgreSQL", "mariadb": "MariaDB", "sqlite": "SQLite"}


def line(walked: Walked, show: int) -> str:
    """Return a schema's result for a terminal, with the first differences below it."""
    head = f"{walked.real.dialect:<11}{walked.real.name:<24}{walked.version:<20}"
    if walked.problem:
        return f"{head}{walked.problem}"
    cells = "  ".join(f"{name} {way.verdict} {way.seconds:.1f}s" for name, way in walked.ways.items())
    lines = [f"{head}{walked.objects:>6} objects {walked.statements:>6} statements  {cells}"]
    lines += [f"   refused by the server as written: {error[:160]}" for error in walked.refused[:show]]
    for name, way in walked.ways.items():
        lines += [f"   {name}: {each[:1500]}" for each in way.differences[:show]]
    return "\n".join(lines)


def page(found: list[Walked]) -> str:
    """Return docs/fidelity.md."""
    raise NotImplementedError
