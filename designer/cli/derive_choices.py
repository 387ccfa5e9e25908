"""Options and choices as they are typed: `case=upper`, `Person:subtypes=single`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from designer.cli.problems import Problem
from designer.levels.called import called, find, path
from designer.levels.contract import Question, Settings
from designer.levels.options import BadOption, checked
from designer.schema import Design, Generalization, Id, Model, Record

_CHOICE = re.compile(r"^(?P<element>.+):(?P<topic>[a-z_]+)=(?P<value>.*)$", re.DOTALL)
_SHOWN = 5


def options_in(typed: Sequence[str]) -> dict[str, str]:
    """Return the options as they were typed. Raises Problem for one that does not exist or takes no such value."""
    options: dict[str, str] = {}
    for each in typed:
        name, equals, value = each.partition("=")
        if not equals:
            raise Problem(f"an option is written NAME=VALUE, not {each!r}")
        try:
            options[name.strip()] = checked(name.strip(), value.strip())
        except BadOption as problem:
            raise Problem(str(problem)) from None
    return options


def choices_in(design: Design, source: Model, typed: Sequence[str]) -> dict[tuple[Id, str], str]:
    """Return the choices for elements of the source. Raises Problem for an element that is not there."""
    return dict(_choice(design, source, each) for each in typed)


def settled(design: Design, found: Sequence[Question], settings: Settings) -> Settings:
    """Return the settings with each choice put to the element that is asked about.

    Raises Problem for a choice that answers none of the questions, or with what is no answer.
    """
    answers = {(each.element, each.topic): [one.value for one in each.answers] for each in found}
    choices: dict[tuple[Id, str], str] = {}
    for (element, topic), value in settings.choices.items():
        asked = element if (element, topic) in answers else _kinds_of(design, element)
        known = answers.get((asked, topic))
        name = called(design, design[element])
        if known is None:
            topics = [one for about, one in answers if about in (element, asked)]
            more = f"what may be chosen for it: {', '.join(topics)}" if topics else "nothing is open there"
            raise Problem(f"there is no choice of {topic} for {name}; {more}")
        if known and value and value not in known:
            raise Problem(f"{topic} of {name} is one of {', '.join(known)}, not {value!r}")
        choices[asked, topic] = value
    return replace(settings, choices=choices)


def _kinds_of(design: Design, element: Id) -> Id:
    """Return the subtypes of an entity, which have no name of their own, if it has one group of them."""
    found = [each.id for each in design.of(Generalization) if each.supertype == element]
    return found[0] if len(found) == 1 else ""


def written(design: Design, element: Id) -> str:
    """Return how an element is named on the command line: by its path; subtypes without a name by their supertype."""
    found = design.get(element)
    if isinstance(found, Generalization) and not found.name and _kinds_of(design, found.supertype or "") == element:
        found = design.get(found.supertype or "")
    return path(design, found) if found is not None else element


def _choice(design: Design, source: Model, typed: str) -> tuple[tuple[Id, str], str]:
    found = _CHOICE.match(typed)
    if found is None:
        raise Problem(f"a choice is written ELEMENT:TOPIC=VALUE, for example Person:subtypes=single, not {typed!r}")
    element = _element(design, source, found["element"].strip())
    return (element.id, found["topic"]), found["value"].strip()


def _element(design: Design, source: Model, name: str) -> Record:
    meant = [each for each in find(design, name) if design.model_of(each) == source and each != source]
    if not meant:
        raise Problem(f"there is no element {name} in the model {source.name or source.level}; --questions lists them")
    if len(meant) > 1 and design.get(name) is None and _as_close(meant):
        ways = ", ".join(path(design, each) for each in meant[:_SHOWN])
        raise Problem(f"{name} may mean {len(meant)} elements; name one as {ways}, or by its id")
    return meant[0]


def _as_close(meant: Sequence[Record]) -> bool:
    """Say whether the first two that may be meant are of one kind, so that none is the closer one."""
    return type(meant[0]) is type(meant[1])
