"""Bytes as text, while they come: no byte is lost, and what is no UTF-8 is told."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from typing import IO

from designer.discovery.contract import DataProblem

HEAD = 1 << 16
"""Bytes by which the kind of a file is told."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"PK\x03\x04": "a zip archive or a workbook of a spreadsheet; unpack it, or save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "a workbook of an old spreadsheet; save the sheet as CSV",
    b"\x1f\x8b": "a gzip archive; unpack it first with gunzip",
    b"BZh": "a bzip2 archive; unpack it first",
    b"\xfd7zXZ": "an xz archive; unpack it first",
    b"\x28\xb5\x2f\xfd": "a zstd archive; unpack it first",
    b"PGDMP": "a pg_dump archive; restore it, and name the database instead",
    b"%PDF": "a PDF; copy its rows and paste them, or export them as CSV",
    b"ORC": "an ORC file; save it as Parquet or CSV",
    b"Obj\x01": "an Avro file; save it as Parquet or CSV",
    b"ARROW1": "an Arrow file; save it as Parquet or CSV",
}
_HANDLER = "wholekey-windows-1252"
_UTF_16 = 0.3
"""Share of NUL bytes from which on a text is UTF-16 without a mark."""


@dataclass(slots=True)
class Fallback:
    """Counts the bytes that were no UTF-8."""

    count: int = 0

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        """Return the text of one bad byte, in the encoding that such files nearly always have."""
        if not isinstance(error, UnicodeDecodeError):
            raise error
        self.count += 1
        byte = error.object[error.start : error.start + 1]
        try:
            return byte.decode("cp1252"), error.start + 1
        except UnicodeDecodeError:  # five bytes have no letter there
            return byte.decode("latin-1"), error.start + 1


def opened(stream: IO[bytes], head: bytes) -> tuple[io.TextIOWrapper, str, Fallback]:
    """Return a stream of bytes, whose first bytes are `head`, as text; its encoding; and what counts bad bytes.

    Raises DataProblem for what is no text.
    """
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            raise DataProblem(f"this is {what}", 1, 1)
    encoding = _encoding(head)
    fallback = Fallback()
    if not encoding.startswith("utf-8"):
        return io.TextIOWrapper(stream, encoding, errors="replace", newline=""), encoding, fallback
    codecs.register_error(_HANDLER, fallback)
    return io.TextIOWrapper(stream, encoding, errors=_HANDLER, newline=""), encoding, fallback


def _encoding(head: bytes) -> str:
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    if marked:
        return marked
    if b"\0" not in head:
        return "utf-8"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd / half > _UTF_16 and odd > 8 * even:
        return "utf-16-le"
    if even / half > _UTF_16 and even > 8 * odd:
        return "utf-16-be"
    raise DataProblem(
        "this is a binary file (it has NUL bytes), not rows of text; save the rows as CSV or Parquet", 1, 1
    )
