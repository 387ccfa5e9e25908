"""Reading the file format of Wholekey itself, with a report of what is wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from designer.importers.contract import (
    Finding,
    ImportProblem,
    ImportResult,
    Outcome,
    Progress,
    Report,
    no_progress,
)
from designer.schema import KINDS, Design, Id, kind_of
from designer.schema.codec import FormatError, decode
from designer.schema.problem import Problem
from designer.schema.validation import validate

TITLE = "Wholekey design file"
EXTENSIONS = (".wholekey.json", ".json")

_BYTE_ORDER_MARK = "\ufeff"
_FILE_FIELDS = frozenset({"wholekey", "records"})
_FIELDS = {
    kind: frozenset(field.encode_name for field in msgspec.structs.fields(cls)) | {"kind"}
    for kind, cls in KINDS.items()
}


def read(text: str, file_name: str = "", dialect: str = "auto", progress: Progress = no_progress) -> ImportResult:  # noqa: ARG001 - the file names its dialects
    """Return the design in a file. Raises ImportProblem where it is no design, or one that holds nothing together.

    What a database would refuse is a warning in the report; so are fields that this version does not know.
    """
    progress(0.0, "reading the file")
    data = _bytes(text.removeprefix(_BYTE_ORDER_MARK))
    design = _decoded(data, text)
    progress(0.6, "checking the design")
    places = _Places(text)
    problems = validate(design)
    _refuse(problems, places)
    report = Report(file=file_name, dialect="json")
    report.findings += _imported(design)
    report.findings += [_warning(problem, places) for problem in problems]
    report.findings += _unknown_fields(data, places)
    progress(1.0, "done")
    return ImportResult(design, report)


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        line, column = _place(text, error.start)
        message = "half of a surrogate pair stands here, so this is no Unicode text; save the file as UTF-8"
        raise ImportProblem(message, line, column) from None


def _decoded(data: bytes, text: str) -> Design:
    try:
        return decode(data)
    except FormatError as error:
        place = _place(text, len(text)) if "truncated" in error.message else (error.line, error.column)
        raise ImportProblem(" ".join(error.message.split()), *place) from None
    except RecursionError:
        raise ImportProblem(
            "the JSON is nested too deeply to be a design; restore the file from a good copy", 1
        ) from None


def _place(text: str, at: int) -> tuple[int, int]:
    """Return line and column, both from 1, of the character at an offset."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _refuse(problems: Iterable[Problem], places: _Places) -> None:
    serious = [problem for problem in problems if problem.serious]
    if not serious:
        return
    line, column = places.of(serious[0].record_id)
    others = f" ({len(serious) - 1} more problems of this kind follow)" if len(serious) > 1 else ""
    raise ImportProblem(serious[0].message + others, line, column)


def _imported(design: Design) -> Iterator[Finding]:
    counted = Counter(map(kind_of, design.records()))
    for kind in KINDS:
        if counted[kind]:
            yield Finding(Outcome.IMPORTED, kind.replace("_", " "), count=counted[kind])


def _warning(problem: Problem, places: _Places) -> Finding:
    line, column = places.of(problem.record_id)
    return Finding(Outcome.WARNING, problem.kind.replace("_", " "), problem.message, line, column)


def _unknown_fields(data: bytes, places: _Places) -> Iterator[Finding]:
    """Yield a warning for each field that the decoder passed over, so that nothing is lost silently."""
    file: dict[str, Any] = msgspec.json.decode(data)
    for name in file.keys() - _FILE_FIELDS:
        yield Finding(Outcome.WARNING, "file", f"the field {name!r} is not known and is left out", 1, 1)
    for record in file.get("records", ()):
        for name in record.keys() - _FIELDS[record["kind"]]:
            line, column = places.of(record["id"])
            message = f"the field {name!r} of {record['kind']} {record['id']} is not known and is left out"
            yield Finding(Outcome.WARNING, record["kind"].replace("_", " "), message, line, column)


class _Places:
    """Where records stand in the text. Only asked for records with a problem, so it may search."""

    def __init__(self, text: str):
        self._text = text

    def of(self, id_: Id) -> tuple[int, int]:
        """Return line and column, both from 1, of the record with an id; (0, 0) where it cannot be found."""
        quoted = msgspec.json.encode(id_).decode()
        for key in ('"id":', '"id": '):
            found = self._text.find(key + quoted)
            if found >= 0:
                return _place(self._text, max(self._text.rfind("{", 0, found), 0))
        return 0, 0
