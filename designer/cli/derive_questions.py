"""What may be chosen when a model is derived, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from designer.cli.derive_choices import written
from designer.cli.problems import on_one_line
from designer.levels.contract import Question
from designer.schema import Design


def as_text(design: Design, found: Sequence[Question]) -> str:
    """Return the questions for people: what is asked, and what to type for each answer."""
    return "\n".join(_told(design, each) for each in found) if found else "nothing is open\n"


def _told(design: Design, question: Question) -> str:
    lines = [f"{written(design, question.element)}:{question.topic}  {question.title}"]
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
            "element": each.element, "path": written(design, each.element), "topic": each.topic, "title": each.title,
            "value": each.value, "default": each.default, "why": each.why,
            "answers": [
                {"value": one.value, "title": one.title, "help": one.help, "warning": one.warning}
                for one in each.answers
            ],
        }
        for each in found
    ]  # fmt: skip
    return json.dumps({"questions": rows}, ensure_ascii=True, indent=2) + "\n"
