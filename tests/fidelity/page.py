"""The table of real schemas, as a page and as lines on a terminal."""

from __future__ import annotations

from pathlib import Path

from tests.fidelity.ways import WAYS, Walked

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"
COLUMNS = ("schema", "from", "objects", "statements", "as written", "by dump", "live", "pasted", "designs", "seconds")
INTRODUCTION = """# Fidelity: what goes through Wholekey is the same database on the other side

Each line is a schema that people run, taken from a package of Debian or PyPI. It is loaded into a real server (A), goes through
Wholekey, and what Wholekey exports is applied to an empty database (B). Then the catalogs of A and B are read by programs that
share no code with Wholekey (`tests/proof`): by PostgreSQL's own deparsers, by MariaDB's `SHOW CREATE`, by SQLite's pragmas and
the text of its schema. "equal" means that no object differs, and that no statement of the export was refused.

- **as written**: the package's own script is imported.
- **by dump**: `pg_dump --schema-only`, `mariadb-dump --no-data --routines --events --triggers` or `.schema` of A is imported.
- **live**: Wholekey reads A's catalogs over a connection (`wholekey import URL`).
- **pasted**: the one value of Wholekey's query, run on A by other means, is imported.
- **designs**: the designs of the other ways are compared with that of the live way, by names, with `designer.compare`. A script that
  says `now()` where the server says `CURRENT_TIMESTAMP` is spelled differently, which is not counted: the catalogs have shown that it is the same.

"as with its own dump" counts what the server's own dump program does not restore either: applied to an empty database without Wholekey, it differs
in the same objects in the same way. Not compared are owners; on the way of the script as written to MariaDB the counters of AUTO_INCREMENT,
which the script's rows have moved; on the pasted way from MariaDB the white space, quotes and display widths in the heads of programs, and
`USING BTREE` on keys, which information_schema does not hold. Where a package's own installer fills in names, leaves out lines or runs scripts of other
packages first, so does `tests/fidelity/{postgresql,mariadb,sqlite}.py`; functions in C are declared in a language that needs no library.

"objects" counts what the independent reader compares (tables, columns, keys, functions, comments, privileges, …), "statements" what the
script holds ("refused" are those that the server itself refuses: they are made for another release, or may fail), "seconds" is the time of import and export of all ways together. `python -m tests.fidelity --write` downloads the packages,
proves all of this anew and writes this page; `python -m tests.fidelity zabbix --show 20` tells of one schema.
"""
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
    parts = [INTRODUCTION]
    for dialect, title in TITLES.items():
        ours = [walked for walked in found if walked.real.dialect == dialect and not walked.problem]
        parts.append(f"## {title}\n\n{_summary(ours)}\n\n{_table(ours)}")
    missing = [
        f"- {walked.real.name}, {TITLES[walked.real.dialect]}: {walked.problem}" for walked in found if walked.problem
    ]
    parts.append("## What is not equal, and why\n\n" + "\n".join(_reasons(found)))
    if missing:
        parts.append("## What could not be downloaded\n\n" + "\n".join(missing))
    return "\n\n".join(parts) + "\n"


def _summary(found: list[Walked]) -> str:
    told = []
    for way, words in zip((*WAYS, "designs"), COLUMNS[4:9], strict=True):
        walked = [each.ways[way] for each in found if way in each.ways]
        told.append(f"{words} {sum(not each.differences for each in walked)} of {len(walked)}")
    return f"Equal: {', '.join(told)}."


def _table(found: list[Walked]) -> str:
    lines = [f"| {' | '.join(COLUMNS)} |", "|---|---|" + "--:|" * 2 + "---|" * 5 + "--:|"]
    lines += [f"| {' | '.join(_cells(walked))} |" for walked in found]
    return "\n".join(lines)


def _cells(walked: Walked) -> list[str]:
    verdicts = [walked.ways[way].verdict if way in walked.ways else "–" for way in (*WAYS, "designs")]
    seconds = sum(way.seconds for name, way in walked.ways.items() if name != "designs")
    origin = f"{walked.real.origin} {walked.version}".strip()
    statements = f"{walked.statements:,}" if walked.statements else "–"
    statements += f" ({len(walked.refused)} refused)" if walked.refused else ""
    return [walked.real.name, origin, f"{walked.objects:,}", statements, *verdicts, f"{seconds:.1f}"]


def _reasons(found: list[Walked]) -> list[str]:
    """Return a line for each way that is not equal or was not walked, with the reason that the list of schemas gives."""
    lines = []
    for walked in found:
        if walked.problem:
            continue
        for way, words in zip((*WAYS, "designs"), COLUMNS[4:9], strict=True):
            done = walked.ways.get(way)
            if done is not None and not done.differences:
                continue
            why = walked.real.known.get(way, "not explained yet: " + _first(done.differences) if done else "not walked")
            lines.append(f"- **{walked.real.name}** ({TITLES[walked.real.dialect]}), {words}: {why}")
    return lines or ["Nothing."]


def _first(differences: list[str]) -> str:
    return f"`{differences[0].splitlines()[0][:160]}`"
