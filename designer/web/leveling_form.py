"""The form by which a model is derived, or set otherwise: its options, and the questions that elements leave open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from django.http import QueryDict

from designer.dialects.registry import get as dialect_of
from designer.levels.contract import LOGICAL, Question, Settings
from designer.levels.options import BY_NAME, OPTIONS, Option
from designer.schema import AccessPattern, Attribute, Design, Domain, Entity, Generalization, Id, Record, Relationship

MOST_QUESTIONS = 24
"""Questions of one topic that are shown at once; the others are found by the name of their element."""
FIRST = (
    "keys",
    "dependent_keys",
    "surrogate",
    "subtypes",
    "multivalued",
    "composites",
    "enums",
    "case",
    "plural",
    "audit",
)
"""What people decide first, and not folded away."""
_UNUSED = "Nothing in this model needs these"
R = TypeVar("R", bound=Record)
TOPICS = {
    "subtypes": "Subtypes",
    "side": "One to one",
    "multivalued": "Several values",
    "composite": "Attributes with parts",
    "associative": "Many to many",
    "key": "Keys",
    "enum": "Lists of values",
    "domain": "Domains",
    "delete": "When what is referred to goes",
    "derive": "What is derived at all",
}
"""Topics in the order in which they are asked, with their headings."""
_OPEN = ("subtypes", "side")


@dataclass(frozen=True, slots=True)
class OptionField:
    """An option with its value, as a choice or a text."""

    option: Option
    value: str

    @property
    def help(self) -> str:
        """The help in plain words: what is written as code stands in quotes."""
        return re.sub(r"`([^`]*)`", r"“\1”", self.option.help)

    @property
    def meaning(self) -> str:
        """What the value means, in a word or two."""
        return dict(self.option.values).get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options that are folded together; the summary says what is set."""

    title: str
    fields: tuple[OptionField, ...]

    @property
    def summary(self) -> str:
        """The options that are not as they are by default."""
        said = [f"{each.option.title}: {each.meaning}" for each in self.fields if each.value != each.option.default]
        return "; ".join(said) or "as usual"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what its template needs beside it."""

    question: Question
    name: str
    chosen: bool
    reason: str
    drawn: Id


@dataclass(frozen=True, slots=True)
class Topic:
    """The questions of one topic, of which the first few are shown."""

    topic: str
    title: str
    shown: tuple[Asked, ...]
    count: int
    chosen: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)

    @property
    def open(self) -> bool:
        """Whether it is unfolded at first."""
        return self.topic in _OPEN and self.count <= MOST_QUESTIONS


Choices = dict[tuple[Id, str], str]


def options_of(form: QueryDict) -> dict[str, str]:
    """Return the options that a form sets to something else than their default."""
    given = {name[2:]: str(form[name]).strip() for name in form if name.startswith("o-") and name[2:] in BY_NAME}
    return {name: value for name, value in given.items() if value != BY_NAME[name].default}


def choices_of(form: QueryDict) -> Choices:
    """Return what a form decides for single elements: what differs from the default that it was drawn with."""
    found = packed(form.get("kept", ""))
    defaults = packed(form.get("defaults", ""))
    for name in form:
        if name.startswith("q:") and name.count(":") == 2:
            place = _place(name[2:])
            found.pop(place, None)
            if form[name] != defaults.get(place):
                found[place] = str(form[name])
    return found


def _place(text: str) -> tuple[Id, str]:
    element, _, topic = text.partition(":")
    return element, topic


def packed(text: str) -> Choices:
    """Return choices that `pack` wrote; none for a text that is something else."""
    try:
        parts = msgspec.json.decode(text or "[]", type=list[tuple[Id, str, str]])
    except msgspec.DecodeError:
        return {}
    return {(element, topic): value for element, topic, value in parts}


def pack(choices: Mapping[tuple[Id, str], str]) -> str:
    """Return choices as one field of a form; a form may have no more than some hundred fields."""
    return msgspec.json.encode([(*place, value) for place, value in choices.items()]).decode()


def option_groups(
    design: Design, source: Id, level: str, target: str, options: Mapping[str, str]
) -> tuple[tuple[OptionField, ...], tuple[OptionGroup, ...]]:
    """Return the options that come first, and the others by group; last those that nothing in the source needs."""
    fields = [OptionField(each, options.get(each.name, each.default)) for each in OPTIONS if _fits(each, level, target)]
    needed = _needed(design, source, options)
    used = [each for each in fields if needed.get(each.option.name, True)]
    first = tuple(each for name in FIRST for each in used if each.option.name == name)
    rest = [each for each in used if each not in first]
    names = dict.fromkeys(each.option.group for each in rest)
    found = [OptionGroup(name, tuple(each for each in rest if each.option.group == name)) for name in names]
    unused = tuple(each for each in fields if each not in used)
    return first, (*found, *([OptionGroup(_UNUSED, unused)] if unused and used else []))


def _fits(option: Option, level: str, target: str) -> bool:
    if level == LOGICAL:
        return option.level == LOGICAL
    return option.name != "schema" or bool(target and dialect_of(target).default_schema)


def _needed(design: Design, source: Id, options: Mapping[str, str]) -> dict[str, bool]:
    """Return which options have something to decide in this source; those that are not named always have."""
    attributes = _inside(design, source, Attribute)
    domains = _inside(design, source, Domain)
    settings = Settings(options)
    surrogate = "surrogate" in (settings.option("keys"), settings.option("dependent_keys"))
    natures = {each.nature for each in _inside(design, source, Entity)}
    joined = any(_joins(each) for each in _inside(design, source, Relationship))
    return {
        "multivalued": any(each.multivalued for each in attributes),
        "composites": any(isinstance(design.get(each.parent or ""), Attribute) for each in attributes),
        "subtypes": bool(_inside(design, source, Generalization)),
        "dependent_keys": joined or bool(natures & {"weak", "associative"}),
        "surrogate": surrogate,
        "surrogate_name": surrogate,
        "enums": any(each.values for each in domains),
        "domains": any(not each.values for each in domains),
        "pattern_indexes": bool(_inside(design, source, AccessPattern)),
    }


def _inside(design: Design, source: Id, kind: type[R]) -> list[R]:
    return [each for each in design.of(kind) if (model := design.model_of(each)) is not None and model.id == source]


def _joins(relationship: Relationship) -> bool:
    """Say whether a relationship needs a table of its own."""
    many = sum(end.max is None or end.max > 1 for end in relationship.ends)
    return many > 1 or len(relationship.ends) > 2


def topics(
    design: Design, questions: Iterable[Question], reasons: Mapping[tuple[Id, str], str], find: str = ""
) -> list[Topic]:
    """Return the questions by topic; `find` keeps those whose title has it, and what was decided comes first."""
    by_topic: dict[str, list[Question]] = defaultdict(list)
    for each in questions:
        by_topic[each.topic].append(each)
    order = [*TOPICS, *(topic for topic in by_topic if topic not in TOPICS)]
    return [_topic(design, topic, by_topic[topic], reasons, find) for topic in order if by_topic.get(topic)]


def _topic(
    design: Design, topic: str, questions: list[Question], reasons: Mapping[tuple[Id, str], str], find: str
) -> Topic:
    wanted = [each for each in questions if find.lower() in each.title.lower()]
    wanted.sort(key=lambda each: each.value == each.default)
    shown = tuple(_asked(design, each, reasons) for each in wanted[:MOST_QUESTIONS])
    chosen = sum(each.value != each.default for each in questions)
    return Topic(topic, TOPICS.get(topic, topic.capitalize()), shown, len(questions), chosen)


def _asked(design: Design, question: Question, reasons: Mapping[tuple[Id, str], str]) -> Asked:
    place = question.element, question.topic
    record = design.get(question.element)
    drawn = question.element if isinstance(record, Entity | Relationship | Attribute) else ""
    chosen = question.value != question.default
    return Asked(question, f"{question.element}:{question.topic}", chosen, reasons.get(place, ""), drawn)


def packed_defaults(topics: Iterable[Topic]) -> str:
    """Return the defaults of the questions that are shown, for the form that brings the answers back."""
    asked = [each.question for topic in topics for each in topic.shown]
    return pack({(each.element, each.topic): each.default for each in asked})


def not_shown(choices: Choices, topics: Iterable[Topic]) -> Choices:
    """Return the choices that the form has to keep, since their questions are not on it."""
    shown = {(each.question.element, each.question.topic) for topic in topics for each in topic.shown}
    return {place: value for place, value in choices.items() if place not in shown}


def in_short(options: Mapping[str, str]) -> str:
    """Return what is not as usual, in a line: `Primary keys: its identifier; Case: OrderLine`."""
    said = [OptionField(BY_NAME[name], value) for name, value in options.items() if name in BY_NAME]
    return "; ".join(f"{each.option.title}: {each.meaning}" for each in said)
