"""Which format a text is in that comes without a file name: from a pipe, or pasted."""

from __future__ import annotations

import re

from designer.importers.csv_file.rows import delimiter_of
from designer.importers.live.pasted import is_snapshot

_SAMPLE = 200_000
_MERMAID = re.compile(r"^\s*(?:```+\s*mermaid\s+)?(?:---\s.*?---\s*)?(?:%%[^\n]*\s+)*erDiagram\b", re.DOTALL)
_DBML = re.compile(
    r"^[ \t]*(?:(?:Table|TablePartial|TableGroup|Enum|Project)\s+[^\n;(]*\{|Project\s*\{|Ref\b[^\n;]*[:{][^\n;]*)",
    re.MULTILINE | re.IGNORECASE,
)
_SQL = re.compile(
    r"^[ \t(]*(?:create\s+(?:or\s+replace\s+|temp\w*\s+|unlogged\s+|unique\s+|foreign\s+|materialized\s+|virtual\s+)*"
    r"(?:table|type|domain|view|index|schema|sequence|extension|database|function|procedure|trigger|policy)"
    r"|alter\s+table|comment\s+on|pragma\s+\w|drop\s+table)\b",
    re.MULTILINE | re.IGNORECASE,
)


def seems(text: str) -> str:
    """Return the format that a text is certainly in, or an empty string."""
    sample = text[:_SAMPLE].lstrip("\ufeff \t\r\n")
    if is_snapshot(text):
        return "catalog"
    if sample[:1] == "{" and '"wholekey"' in sample:
        return "json"
    if _MERMAID.match(sample):
        return "mermaid"
    if _SQL.search(sample):
        return "sql"
    if _DBML.search(sample) and "{" in sample:
        return "dbml"
    return "json" if sample[:1] == "{" else ""


def seems_rows(text: str) -> bool:
    """Say whether a text is rows of cells: at least two lines, equally divided by tabs, commas or the like."""
    lines = [line for line in text[:_SAMPLE].strip("\ufeff\r\n").split("\n") if line.strip()]
    delimiter = delimiter_of(text[:_SAMPLE])
    if len(lines) < 2 or not delimiter:
        return False
    counts = [line.count(delimiter) for line in lines[:50]]
    if delimiter == "\t":
        return sum(count > 0 for count in counts) >= 2
    plain = len(set(counts[:-1] if text.endswith("\n") else counts)) == 1 or '"' in text
    return plain and min(counts) > 0 and not _sentences(lines)


def _sentences(lines: list[str]) -> bool:
    """Whether lines read as prose: they end as sentences do, have many words between two commas, or are a greeting."""
    if len(lines) == 2 and all(re.search(r",\s|,$", line) for line in lines):
        return True
    ends = sum(line.rstrip().endswith((".", "!", "?", ":")) for line in lines)
    cells = [cell for line in lines[:20] for cell in re.split(r"[,;|]", line)]
    long = sum(len(cell.split()) > 6 for cell in cells)
    return ends * 2 >= len(lines) or long * 4 > len(cells)
