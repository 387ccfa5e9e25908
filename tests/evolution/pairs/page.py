"""The table of pairs, as a page and as lines on a terminal."""

from __future__ import annotations

from pathlib import Path

from tests.evolution.pairs.walking import WAYS, Walked, Way

PAGE = Path(__file__).parents[3] / "docs" / "evolution-pairs.md"
TITLES = {"postgresql": "PostgreSQL", "mariadb": "MariaDB", "sqlite": "SQLite"}
INTRODUCTION = """# Migrations between versions of schemas that people run

Each line is a schema in two versions, taken from packages of Debian, PyPI and npm. Both are loaded into a real server. `wholekey diff`
writes the migration from the older one to the newer one and the way back; both scripts are run by the server's own client on a copy of
the older one. After the way up the catalogs must be those of the newer version, after the way down those of the older one, read
by programs that share no code with Wholekey (`tests/proof`).

- **live**: both versions are read from their databases.
- **text**: both versions are read from the packages' own scripts, and no server is asked before the scripts run.
- **mixed**: the older version is read from its database, the newer one from its script.

"differ" counts the objects that differ between the two versions at first, "steps" the statements up and down, "asked" what may
have been renamed and was not, because nobody said so. `python -m tests.evolution.pairs --write` does all of this anew and writes this page.
"""
HEAD = "| schema | differ | live | text | mixed | steps up / down | asked |\n|---|--:|---|---|---|---|--:|"


def line(walked: Walked, show: int) -> str:
    """Return a pair's result for a terminal, with the first faults below it."""
    head = f"{walked.pair.dialect:<11}{walked.pair.name:<26}"
    if walked.problem:
        return f"{head}{walked.problem}"
    cells = [
        f"{name}: {verdict(way)} ({way.steps[0]}/{way.steps[1]} steps, {way.rows} rows, {way.seconds:.1f} s)"
        for name, way in walked.ways.items()
    ]
    lines = [f"{head}{walked.before:>5} differ  {'  '.join(cells)}"]
    for name, way in walked.ways.items():
        lines += [f"   {name}: {way.problem[:600]}"] if way.problem else []
        lines += [f"   {name} up: {each[:900]}" for each in way.up[:show]]
        lines += [f"   {name} down: {each[:900]}" for each in way.down[:show]]
        lines += [f"   {name}: rows of {each}" for each in way.lost[:show]]
        lines += [f"   {name}: dropped and made again: {each}" for each in way.needless[:show]]
    return "\n".join(lines)


def verdict(way: Way) -> str:
    """Return the result of a way in a few words."""
    if way.problem:
        return "no migration"
    if way.stopped and way.holds:
        return f"stopped by rows: {way.stopped[:90]}"
    if way.holds:
        return "equal"
    parts = (f"{len(faults)} {word}" for word, faults in (("up", way.up), ("down", way.down)) if faults)
    return "faults: " + ", ".join(parts)


def page(found: list[Walked]) -> str:
    """Return docs/evolution-pairs.md."""
    parts = [INTRODUCTION]
    for dialect, title in TITLES.items():
        ours = [walked for walked in found if walked.pair.dialect == dialect and not walked.problem]
        equal = sum(all(way.holds for way in walked.ways.values()) for walked in ours)
        rows = "\n".join(_row(walked) for walked in ours)
        parts.append(
            f"## {title}\n\n{equal} of {len(ours)} pairs end equal, up and down, on every way.\n\n{HEAD}\n{rows}"
        )
    missing = [f"- {each.pair.name}, {TITLES[each.pair.dialect]}: {each.problem}" for each in found if each.problem]
    if missing:
        parts.append("## What could not be downloaded\n\n" + "\n".join(missing))
    return "\n\n".join(parts) + "\n"


def _row(walked: Walked) -> str:
    said = [verdict(walked.ways[name]) if name in walked.ways else "–" for name in WAYS]
    way = next(iter(walked.ways.values()))
    cells = (walked.pair.name, f"{walked.before:,}", *said, f"{way.steps[0]:,} / {way.steps[1]:,}", str(way.questions))
    return f"| {' | '.join(cells)} |"
