"""What the parts of this room hand to one another: settings, results, questions and proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from designer.change import Change
from designer.change.merge import Conflict, Merged
from designer.schema import Design, Id, Record

LOGICAL, PHYSICAL = "logical", "physical"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the level below cannot say or keep, or that was decided on the way, in one sentence.

    `code` is stable (`total-not-enforced`), `about` the element above.
    """

    code: str
    about: Id | None
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a derivation makes: all records of the model below but the model itself, with ids that never change.

    The id of a record follows from the model and from what it is derived from (`marks.derived_id`), so that deriving
    again after a change above gives the same ids for what is the same. `origin` of each is the record above.
    """

    records: tuple[Record, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to derive an element. `warning` is what it costs or what a target cannot keep; empty if nothing."""

    value: str
    title: str
    help: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A choice that an element of the source leaves open. `value` is what holds now, `default` what would otherwise.

    `why` says in one sentence why the default is the default here.
    """

    element: Id
    topic: str
    title: str
    answers: tuple[Answer, ...]
    value: str
    default: str
    why: str = ""


@cache
def _defaults() -> Mapping[str, str]:
    from designer.levels.options import OPTIONS

    return {option.name: option.default for option in OPTIONS}


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a derivation and what was chosen for single elements: (element, topic) -> value."""

    options: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[tuple[Id, str], str] = field(default_factory=dict)

    def option(self, name: str) -> str:
        """Return an option, or its default. Raises KeyError for one that is not in `options.OPTIONS`."""
        return self.options.get(name) or _defaults()[name]

    def choice(self, element: Id | None, topic: str, option: str = "") -> str:
        """Return what was chosen for an element, else the option of that name, else an empty text."""
        chosen = self.choices.get((element or "", topic), "")
        return chosen or (self.option(option) if option else "")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a change above means for one model below, before anybody has accepted it.

    `before` is the design that the proposal is about (for the second of two levels: with the first one brought into
    step), `merged` the three-way merge of the old derivation, what people made of it and the new derivation, and
    `change` what happens to the model when each conflict is settled as in `choices` (a conflict that nobody settled
    keeps what people made). `notes` are those of the new derivation.
    """

    derivation: Id
    model: Id
    before: Design
    merged: Merged
    change: Change
    notes: tuple[Note, ...] = ()

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person should decide; `ours` is what people made below, `theirs` what comes from above."""
        return self.merged.conflicts
