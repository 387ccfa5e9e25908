"""Bytes to text, with one clear sentence where they are not text."""

from __future__ import annotations

import codecs

from designer.importers.contract import ImportProblem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"PGDMP": "a pg_dump archive in custom format; make it plain text with pg_restore -f - FILE > dump.sql",
    b"SQLite format 3\x00": "an SQLite database; write its schema out with sqlite3 FILE .schema > schema.sql",
    b"\x1f\x8b": "a gzip archive; unpack it first with gunzip",
    b"PK\x03\x04": "a zip archive; unpack it first",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
}


def decode(data: bytes) -> str:
    """Return the text in a file. Raises ImportProblem for an empty file, a binary one, and bytes that are not UTF-8.

    UTF-8 is expected; a byte order mark of UTF-8, UTF-16 or UTF-32 is honoured.
    """
    if not data.strip():
        raise ImportProblem("the file is empty; choose one that holds a schema", 1, 1)
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise ImportProblem(f"this is {what}", 1, 1)
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(data, error, encoding) from None
    if "\x00" in text:
        line, column = _place(text[: text.index("\x00")])
        raise ImportProblem("this is a binary file (it has NUL bytes), not SQL or JSON text", line, column)
    return text


def _not_text(data: bytes, error: UnicodeDecodeError, encoding: str) -> ImportProblem:
    before = data[: error.start]
    line, column = _place(before.decode(encoding, "replace"))
    if before.count(0) or b"\x00" in data[:4096]:
        return ImportProblem("this is a binary file, not SQL or JSON text", line, column)
    return ImportProblem(
        f"byte 0x{data[error.start]:02x} is not valid UTF-8; save the file as UTF-8 (iconv -f LATIN1 -t UTF-8)",
        line,
        column,
    )


def _place(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
