"""What may be chosen when a model is derived, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from designer.cli.problems import on_one_line
from designer.dialects.base import Dialect
from designer.levels.called import path
from designer.levels.choices import questions
from designer.levels.contract import Question, Settings
from designer.schema import Design, Model


def asked(
    design: Design, source: Model, level: str, dialect: Dialect | None, settings: Settings
) -> tuple[Question, ...]:
    """Return the questions that deriving a model leaves open, with what was chosen put in."""
    return questions(design, source.id, level, dialect, settings)


def as_text(design: Design, found: Sequence[Question]) -> str:
    """Return the questions for people: what is asked, and what to type for each answer."""
    return "\n".join(_told(design, each) for each in found) if found else "nothing is open\n"


def _told(design: Design, question: Question) -> str:
    lines = [f"{_element(design, question)}:{question.topic}  {question.title}"]
    lines += [f"    {question.why}"] if question.why else []
    for each in question.answers:
        mark = "*" if each.value == question.value else " "
        warning = f" ({each.warning})" if each.warning else ""
        lines.append(f"  {mark} {each.value}: {each.title}{warning}")
    return "".join(f"{on_one_line(line)}\n" for line in lines)


def as_json(design: Design, found: Sequence[Question]) -> str:
    """Return the questions for programs."""
    rows = [
        {
            "element": each.element, "path": _element(design, each), "topic": each.topic, "title": each.title,
            "value": each.value, "default": each.default, "why": each.why,
            "answers": [
                {"value": one.value, "title": one.title, "help": one.help, "warning": one.warning}
                for one in each.answers
            ],
        }
        for each in found
    ]  # fmt: skip
    return json.dumps({"questions": rows}, ensure_ascii=True, indent=2) + "\n"


def _element(design: Design, question: Question) -> str:
    """Return how an element is named on the command line: its path, or its id where it has no name."""
    found = design.get(question.element)
    return path(design, found) if found is not None else question.element
