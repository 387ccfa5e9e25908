"""On which line of a source a record was written, as far as that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.importers.contract import ImportResult
from designer.lint.paths import table_of
from designer.schema import Id

_CREATE = re.compile(r"^\s*create\b.*?\btable\s+(?:if\s+not\s+exists\s+)?(.+)$", re.IGNORECASE | re.DOTALL)
_LAST_NAME = re.compile(r'("(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^]]*\]|[^.\s]+)\s*$')
_RECORD = re.compile(r'"id":"([^"]+)"')


class Places:
    """The lines of one source: of statements in SQL, of records in a design file."""

    def __init__(self, source: str, result: ImportResult):
        self._design = result.design
        is_sql = result.report.dialect in DIALECTS
        self._by_name = dict(_statements(result)) if is_sql else {}
        self._by_id = {} if is_sql else dict(_records(source))

    def line(self, record: Id) -> int:
        """Return the line of a record, or of the table that it is in; 0 where it is not known."""
        if record in self._by_id:
            return self._by_id[record]
        table = table_of(self._design, record)
        return self._by_name.get(table.name, 0) if table else 0


def _statements(result: ImportResult) -> Iterator[tuple[str, int]]:
    """Yield each table with the line on which it is created, the last first, so that the first one counts."""
    dialect = dialect_of(result.report.dialect)
    for finding in reversed(result.report.findings):
        created = _CREATE.match(finding.what)
        name = _LAST_NAME.search(created[1]) if created else None
        if name and finding.line:
            yield dialect.unquote(name[1]), finding.line


def _records(source: str) -> Iterator[tuple[Id, int]]:
    """Yield the records of a design file, which has one a line; standard input is gone by now."""
    path = Path(source)
    if path.suffix != ".json" or not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, text in enumerate(lines, 1):
            found = _RECORD.search(text)
            if found:
                yield found[1], number
