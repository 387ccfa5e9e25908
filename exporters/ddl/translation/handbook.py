"""The page about translation: `python -m exporters.ddl.translation.handbook > docs/translation.md`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from designer.dialects import registry
from designer.dialects.menus import MENUS
from designer.schema import Design, Model, Record
from exporters.contract import Export, Options
from exporters.ddl.exporter import DdlExporter
from exporters.ddl.translation.codes import CODES
from exporters.ddl.translation.probes import Probe, column, probes

_HEAD = """\
# Translation between databases

`wholekey export SRC --to ddl --dialect D` writes a model of one database for another. What the target can say is said;
what has no safe translation is left out, for a wrong one would be worse than none. Each loss is one note with a stable
code, about one record; the export dialog shows them before the download, and `--strict` makes them a failure.

This page is made by the program: every line is what it writes for the construct on the left. MySQL and MariaDB read
one another's words as they are, so there is no table between these two; what
only one of them has is noted all the same.

Schemas are put before names where there are none (`app.users` is `app_users`). Texts of PostgreSQL and SQLite are
compared under a binary collation in MySQL and MariaDB, so that case counts there as well. A column of a foreign key is
of the type of what it refers to where the target insists on that. Views are translated where every word of their query
is known on both sides and every column is found; routines, triggers, rules and policies are left out.

## Codes of notes

| code | what is lost or said otherwise |
|---|---|
"""
_FRAME = re.compile(r"^(?:CREATE TABLE \S+ \(|\).*|SET check_function_bodies.*|)$")
_TITLES = {"postgresql": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB", "sqlite": "SQLite"}


def page() -> str:
    """Return the page."""
    codes = "".join(f"| `{code}` | {meaning} |\n" for code, meaning in CODES.items())
    return _HEAD + codes + "\n" + "\n".join(line for pair in pairs() for line in _section(*pair)) + "\n"


def pairs() -> Iterator[tuple[str, str]]:
    """Yield every ordered pair of databases that do not read one another's words."""
    for source in registry.DIALECTS:
        for target in registry.DIALECTS:
            if source != target and {source, target} != {"mysql", "mariadb"}:
                yield source, target


def translate(records: list[Record], source: str, target: str) -> Export:
    """Return the script of a small model `m` in another database."""
    return DdlExporter().export(Design([Model(id="m", name="m", target=source), *records]), Options(dialect=target))


def _section(source: str, target: str) -> Iterator[str]:
    yield f"## {_TITLES[source]} to {_TITLES[target]}\n"
    types = [column(raw, raw) for raw, _ in MENUS[source]]
    for title, found in (("Types", types), *probes(source)):
        yield f"### {title}, {_TITLES[source]} to {_TITLES[target]}\n"
        yield f"| {_TITLES[source]} | {_TITLES[target]} | lost |\n|---|---|---|"
        yield from (_line(probe, source, target) for probe in found)
        yield ""


def _line(probe: Probe, source: str, target: str) -> str:
    written, records = probe
    made = translate(records, source, target)
    notes = "; ".join(dict.fromkeys(_said(note.message, note.place, note.code) for note in made.notes))
    return f"| {_code(written)} | {_code(_shown(made.text))} | {_escaped(notes)} |"


def _said(message: str, place: str, code: str) -> str:
    return f"{message.removeprefix(f'{place}: ') if place else message} (`{code}`)"


def _shown(script: str) -> str:
    """Return what is of interest in a script: not the frame of its table, and its column without a name."""
    lines = [line.strip().rstrip(",") for line in script.splitlines() if not _FRAME.match(line.strip())]
    tail = re.findall(r"^\) (?!DEFAULT CHARSET)(\S.*);$|^\) (?:AUTO_INCREMENT=\d+)", script, re.MULTILINE)
    start = re.findall(r"AUTO_INCREMENT=\d+|COMMENT='[^']*'|PARTITION BY .*?;", script, re.DOTALL)
    lines += [each.replace("\n", " ").rstrip(";") for each in start if each not in " ".join(lines)]
    if tail and not start:
        lines += [each for each in tail if each]
    plain = [line.removeprefix("c ") if len(lines) == 1 else line for line in lines]
    return "; ".join(plain).replace(";;", ";") or "–"


def _code(text: str) -> str:
    return text if text == "–" else f"`{_escaped(' '.join(text.split()))}`"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
