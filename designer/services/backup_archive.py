"""The archive of a backup: a ZIP file with one JSON-lines file a table, and a manifest that says what must be in them.

The first line of a table names its columns, each other line is one row: times are ISO 8601, bytes are Base64. Nothing
belongs to one kind of database. It is written and read row by row, so its size costs no memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec

from designer.services.errors import Invalid

FORMAT = "wholekey-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
README = "README.txt"
LEVEL = 6
"""How hard zlib tries: JSON gets ten times smaller."""
_HELLO = """A backup of Wholekey. `wholekey backup --check FILE` examines it, `wholekey restore FILE` brings it into
an empty database, SQLite or PostgreSQL. It holds hashes of passwords and secrets of second factors: keep it like the
database itself. The secret key of the installation and its environment are not in it.
"""


class Table(msgspec.Struct, omit_defaults=True):
    """What the manifest says of a table."""

    name: str
    file: str
    rows: int = 0
    bytes: int = 0
    sha256: str = ""


class Head(msgspec.Struct):
    """Where a branch was: its head, and the SHA-256 of its design there, as a canonical file."""

    branch: int
    version: int
    sha256: str


class Manifest(msgspec.Struct):
    """What a backup is, and what must be in it."""

    format: str
    format_version: int
    wholekey: str
    made: str
    database: str
    migrations: list[tuple[str, str]]
    tables: list[Table]
    heads: list[Head]
    left_out: dict[str, str]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(each.rows for each in self.tables)


class Writer:
    """An archive that is being written, beside its name; it gets the name when it is whole."""

    def __init__(self, path: Path):
        self.path = path
        self._partial = path.with_name(path.name + ".partial")
        self._zip: zipfile.ZipFile
        self.tables: list[Table] = []

    def __enter__(self) -> Writer:
        try:
            handle = os.open(self._partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise Invalid(f"The backup cannot be written to {self.path}: {error.strerror or error}.") from None
        self._file = os.fdopen(handle, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self._zip.writestr(README, _HELLO)
        return self

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
        """Write the rows of a table and return what was written."""
        said = Table(name, f"tables/{name}.jsonl")
        digest = hashlib.sha256()
        with self._zip.open(said.file, "w", force_zip64=True) as file:
            for row in _with_head(columns, rows):
                line = msgspec.json.encode(row) + b"\n"
                file.write(line)
                digest.update(line)
                said.bytes += len(line)
                said.rows += 1
        said.rows -= 1
        said.sha256 = digest.hexdigest()
        self.tables.append(said)
        return said

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and give the file its name."""
        self._zip.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._partial.replace(self.path)

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._file.close()
        self._partial.unlink(missing_ok=True)


def _with_head(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield columns
    yield from rows


@dataclass
class Reader:
    """An archive that is being read. Whatever is wrong with it is said in one sentence."""

    path: Path
    archive: zipfile.ZipFile
    manifest: Manifest

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table by column; at the end raise Invalid if they are not what was written."""
        digest, count = hashlib.sha256(), -1
        columns: list[str] = []
        for line in self._lines(table):
            digest.update(line)
            count += 1
            try:
                values = msgspec.json.decode(line)
            except msgspec.DecodeError:
                raise self._broken(table) from None
            if not count:
                columns = values
            else:
                yield dict(zip(columns, values, strict=True))
        if count != table.rows or digest.hexdigest() != table.sha256:
            raise self._broken(table)

    def _lines(self, table: Table) -> Iterator[bytes]:
        try:
            with self.archive.open(table.file) as file:
                yield from file
        except (KeyError, EOFError, OSError, zipfile.BadZipFile, zlib.error):
            raise self._broken(table) from None

    def _broken(self, table: Table) -> Invalid:
        return Invalid(f"{self.path} is damaged: the rows of {table.name} are not those that were written.")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open an archive. Raises Invalid for what is none, and for one that this program is too old for."""
    try:
        file: IO[bytes] = path.open("rb")
    except OSError as error:
        raise Invalid(f"The backup {path} cannot be read: {error.strerror or error}.") from None
    with file:
        try:
            archive = zipfile.ZipFile(file)
            text = archive.read(MANIFEST)
        except (zipfile.BadZipFile, KeyError, OSError, EOFError):
            raise Invalid(f"{path} is no whole backup of Wholekey; it may have been cut off.") from None
        yield Reader(path, archive, _manifest(path, text))


def _manifest(path: Path, text: bytes) -> Manifest:
    try:
        about = msgspec.json.decode(text)
        if about.get("format") == FORMAT and about.get("format_version", 0) > FORMAT_VERSION:
            raise Invalid(
                f"{path} was made by Wholekey {about.get('wholekey')}, which is newer; update this one first."
            )
        manifest = msgspec.convert(about, Manifest)
    except (msgspec.DecodeError, msgspec.ValidationError, AttributeError):
        raise Invalid(f"{path} is no backup of Wholekey: its manifest cannot be read.") from None
    if manifest.format != FORMAT:
        raise Invalid(f"{path} is no backup of Wholekey.")
    return manifest
