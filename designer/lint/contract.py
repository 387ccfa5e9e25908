"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from designer.commands import Edit
from designer.lint.subject import Subject
from designer.schema import Design, Id, IdSource, Record

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)
"""An error is what the target refuses, at once or when rows come; a warning works and hurts later; an info asks."""

PHYSICAL = ("physical",)
ENTITY_LEVELS = ("conceptual", "logical")


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that settles a finding. It is made only when somebody asks for it, as most never do."""

    label: str
    run: Callable[[Design, IdSource], Edit]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule reports. `about` is the record to go to; `severity` is given where it is not that of the rule."""

    about: Id
    message: str
    related: tuple[Id, ...] = ()
    fix: Fix | None = None
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, with the code of the rule. `message` is one sentence that names what it is about."""

    code: str
    severity: str
    message: str
    about: Id
    related: tuple[Id, ...] = ()
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A tiny design: SQL for a physical model; for the other levels a sentence, and its records."""

    text: str
    target: str = "postgresql"
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `help` says why it matters and what to do; `silent` is `firing` done right."""

    code: str
    name: str
    title: str
    severity: str
    help: str
    firing: Example
    silent: Example
    check: Callable[[Subject], Iterable[Found]]
    levels: tuple[str, ...] = PHYSICAL
    targets: tuple[str, ...] = ()
    """The databases that it is about; empty is all of them."""

    def applies(self, subject: Subject) -> bool:
        """Say whether the rule is about a model of that level and database."""
        fits = not self.targets or subject.dialect.name in self.targets
        return subject.model.level in self.levels and (fits or subject.model.level not in PHYSICAL)
