"""The last readings of a model, kept while nothing in it changes: several databases read one model for one change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from designer.levels.contract import Settings
from designer.levels.er import Er
from designer.schema import BusinessRule, Choice, Derivation, Design, Diagram, Id, Model, Record, Term

_KEPT = 2  # as it was and as it will be
_BESIDE = (Derivation, Diagram, Term, BusinessRule)
"""What no derivation reads."""
_OPTIONS = ("multivalued", "keys", "dependent_keys", "surrogate", "surrogate_name")
"""The options that a reading asks for; the others are about one database."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a reading follows from."""

    level: str
    records: Mapping[Id, Record]
    options: tuple[str, ...]
    choices: Mapping[tuple[Id, str], str]


_known: list[tuple[_Asked, Er]] = []
_lock = Lock()


def inside(design: Design, source: Id) -> dict[Id, Record]:
    """Return the records of a model that a derivation reads, with the sides that were chosen when it was derived."""
    found: dict[Id, Record] = {}
    queue = list(design.children(source))
    while queue:
        each = queue.pop()
        record = design[each]
        if not isinstance(record, _BESIDE):
            found[each] = record
            queue += design.children(each)
    return found | {each.id: each for each in _sides(design, source)}


def _sides(design: Design, source: Id) -> list[Choice]:
    choices = [each for derivation in design.of(Derivation, source) for each in design.of(Choice, derivation.id)]
    return [each for each in choices if each.topic == "side"]


def asked(design: Design, model: Model, settings: Settings) -> _Asked:
    """Return what the reading of a model follows from."""
    options = tuple(settings.option(each) for each in _OPTIONS)
    return _Asked(f"{model.id} {model.level}", inside(design, model.id), options, settings.choices)


def known(what: _Asked) -> Er | None:
    """Return what was read lately of the same, if it was."""
    return next((er for each, er in _known if each == what), None)


def keep(what: _Asked, er: Er) -> Er:
    """Keep a reading, and give it back."""
    with _lock:
        _known[:] = [(what, er), *_known][:_KEPT]
    return er


def forget() -> None:
    """Forget what was read."""
    with _lock:
        _known.clear()
