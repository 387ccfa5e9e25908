"""Collecting notes: one for each thing that is lost, and one for many things that are said differently."""

from __future__ import annotations

from designer.schema import Id
from exporters.contract import Note

_NAMED = 3


class Notes:
    """The notes of one export, in the order in which they arose."""

    def __init__(self) -> None:
        self._single: dict[tuple[str, str, Id | None], Note] = {}
        self._repeated: dict[tuple[str, str], dict[str, Id | None]] = {}

    def add(self, code: str, message: str, about: Id | None = None) -> None:
        """Note that something about one record is lost."""
        self._single.setdefault((code, message, about), Note(message, about, code))

    def of(self, code: str, sentence: str, place: str, about: Id) -> None:
        """Note what is lost of the record that people call `place`."""
        self.add(code, f"{place}: {sentence}", about)

    def repeat(self, code: str, message: str, name: str, about: Id | None) -> None:
        """Note something that holds for many records alike; they share one note that names the first few."""
        self._repeated.setdefault((code, message), {}).setdefault(name, about)

    def all(self) -> list[Note]:
        """Return the notes; a repeated one is about the first record that it holds for."""
        folded = [
            Note(f"{message} ({_listed(list(places))})", next(iter(places.values())), code)
            for (code, message), places in self._repeated.items()
        ]
        return [*self._single.values(), *folded]


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown
