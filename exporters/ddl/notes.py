"""Collecting notes: one for each record that loses something; folded for showing where many lose the same."""

from __future__ import annotations

from collections.abc import Iterable

from designer.schema import Id
from exporters.contract import Note

_NAMED = 3


class Notes:
    """The notes of one export, in the order in which they arose."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, Id | None], Note] = {}

    def add(self, code: str, message: str, about: Id | None = None) -> None:
        """Note that something about one record is lost."""
        self._found.setdefault((code, message, about), Note(message, about, code))

    def repeat(self, code: str, sentence: str, place: str, about: Id | None) -> None:
        """Note something that may hold for many records alike; `place` is what people call this one."""
        self._found.setdefault((code, f"{place}: {sentence}", about), Note(f"{place}: {sentence}", about, code, place))

    def all(self) -> list[Note]:
        """Return the notes, each once."""
        return list(self._found.values())


def folded(notes: Iterable[Note]) -> list[Note]:
    """Return notes for showing: those with one code and sentence become one that names the first few places."""
    groups: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        groups.setdefault(
            (note.code, note.message.removeprefix(f"{note.place}: ") if note.place else note.message), []
        ).append(note)
    return [
        group[0]
        if len(group) == 1
        else Note(f"{sentence} ({_listed([each.place for each in group])})", group[0].about, code)
        for (code, sentence), group in groups.items()
    ]


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown
