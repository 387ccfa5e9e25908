"""The file format `*.wholekey.json`: canonical JSON, one record a line, made to live in git."""

from __future__ import annotations

import re
from typing import Any, Union

import msgspec

from designer.schema.base import Record
from designer.schema.design import Design
from designer.schema.kinds import ALL, KINDS, RANK, defaults_of, kind_of

FORMAT_VERSION = 1
"""Raised when an older program could misread a newer file; fields with defaults may be added without it."""

AnyRecord = Union[ALL]  # type: ignore[valid-type]
_encoder = msgspec.json.Encoder(order="deterministic")
_record_decoder = msgspec.json.Decoder(AnyRecord)


class _File(msgspec.Struct):
    wholekey: int
    records: list[msgspec.Raw] = []


class FormatError(ValueError):
    """A design file that cannot be read. `line` is 1-based, 0 where it is the file as a whole."""

    def __init__(self, message: str, line: int = 0, column: int = 0):
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def _late_defaults(kind: str) -> dict[str, Any]:
    """Return the defaults of a kind that an equal value need not be identical to: words, large numbers, structs."""
    return {
        name: value
        for name, value in defaults_of(kind).items()
        if (isinstance(value, str) and value) or isinstance(value, msgspec.Struct) or (type(value) is int and value)
    }


_LATE: dict[type[Record], dict[str, Any]] = {cls: _late_defaults(kind) for kind, cls in KINDS.items()}


def _with_own_defaults(record: Record) -> Record:
    """Return an equal record that msgspec leaves all defaults of: it compares by identity."""
    candidates = _LATE[type(record)]
    late = {name: value for name, value in candidates.items() if getattr(record, name) == value} if candidates else None
    return msgspec.structs.replace(record, **late) if late else record


def encode_record(record: Record) -> bytes:
    """Return the one canonical JSON text of a record: fields at their default are left out."""
    return _encoder.encode(_with_own_defaults(record))


def record_from(builtins: Any) -> Record:
    """Return a record from plain dicts and lists, as they come in a request."""
    record: Record = msgspec.convert(builtins, AnyRecord)
    return record


def record_to(record: Record) -> dict[str, Any]:
    """Return a record as plain dicts and lists, defaults left out."""
    return dict(msgspec.to_builtins(_with_own_defaults(record)))


def encode(design: Design) -> bytes:
    """Return the canonical file of a design: the same records give the same bytes, whatever their history."""
    ranked = sorted(design.records(), key=lambda record: (RANK[kind_of(record)], record.id))
    body = b",\n".join(map(encode_record, ranked))
    return (
        b'{"wholekey":%d,"records":[\n%s\n]}\n' % (FORMAT_VERSION, body)
        if ranked
        else (b'{"wholekey":%d,"records":[]}\n' % FORMAT_VERSION)
    )


def decode(data: bytes) -> Design:
    """Return the design in a file. Raises FormatError with the line and, inside a record, its id and field."""
    file = _open(data)
    try:
        records = _many_decoder.decode(data).records
    except msgspec.ValidationError:
        records = _decode_one_by_one(data, file.records)
    design = Design(records)
    if len(design) != len(records):
        _complain_of_double_id(data, records)
    return design


class _TypedFile(msgspec.Struct):
    wholekey: int
    records: list[AnyRecord] = []


_many_decoder = msgspec.json.Decoder(_TypedFile)


def _open(data: bytes) -> _File:
    if not data.strip():
        raise FormatError('the file is empty; a design file starts with {"wholekey": 1, …')
    try:
        file = msgspec.json.decode(data, type=_File)
    except msgspec.ValidationError as error:
        raise FormatError(f"this JSON is not a Wholekey design: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        line, column = _place_of(data, _byte_in(str(error)))
        raise FormatError(f"this is not valid JSON: {error}; restore the file from a good copy", line, column) from None
    if file.wholekey > FORMAT_VERSION:
        raise FormatError(
            f"the file has format version {file.wholekey}, this program reads up to {FORMAT_VERSION}; update Wholekey",
            1,
        )
    if file.wholekey < 1:
        raise FormatError(f"{file.wholekey} is no format version; the first is 1", 1)
    return file


def _decode_one_by_one(data: bytes, raws: list[msgspec.Raw]) -> list[Record]:
    records: list[Record] = []
    at = 0
    for raw in raws:
        text = bytes(raw)
        at = data.index(text, at)
        try:
            records.append(_record_decoder.decode(text))
        except msgspec.ValidationError as error:
            line, column = _place_of(data, at)
            raise FormatError(f"{_name_in(text)}: {error}", line, column) from None
        at += len(text)
    return records


def _name_in(raw: bytes) -> str:
    loose = msgspec.json.decode(raw)
    if not isinstance(loose, dict):
        return "a record is not an object"
    return f"record {loose.get('id', '?')} ({loose.get('kind', 'no kind')})"


def _complain_of_double_id(data: bytes, records: list[Record]) -> None:
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            first = data.index(b'"id":"%s"' % record.id.encode()) if b'"id":"%s"' % record.id.encode() in data else 0
            line, column = _place_of(data, data.rfind(b'"%s"' % record.id.encode(), first))
            raise FormatError(f"the id {record.id} is used twice; give one of the two records another id", line, column)
        seen.add(record.id)


def _byte_in(message: str) -> int:
    found = re.search(r"byte (\d+)", message)
    return int(found.group(1)) if found else 0


def _place_of(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset]
    return before.count(b"\n") + 1, offset - (before.rfind(b"\n") + 1) + 1
