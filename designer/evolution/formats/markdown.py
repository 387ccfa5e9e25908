"""Markdown for a pull request: what changes, what it costs and risks, the diagram of it, and the script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from designer.evolution.contract import Hazard, Migration, Severity, Step, Work
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.mermaid import diagram
from designer.evolution.formats.scripts import lost, script
from designer.evolution.hazards.setting import short_count

_SIGNS = {Severity.DANGER: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}
_FENCE = re.compile(r"`{3,}")


class Markdown:
    """Markdown."""

    name = "markdown"
    title = "Markdown"
    text = "a summary for a pull request, with hazards and a diagram of what changes"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return one page."""
        return {f"{meta.day}_{meta.slug}.md": "\n\n".join(_parts(up, down, meta)) + "\n"}


def _parts(up: Migration, down: Migration, meta: Meta) -> Iterator[str]:
    yield f"## {cell(meta.title)}"
    if not up.steps:
        yield "Nothing changes."
        return
    yield _summary(up)
    yield "\n".join(_table(up.steps))
    hazards = "\n".join(_hazards(up.steps))
    if hazards:
        yield f"### Hazards\n\n{hazards}"
    remarks = "\n".join(f"- {cell(each.message)}" for each in up.remarks)
    if remarks:
        yield f"### Notes\n\n{remarks}"
    drawn = diagram(up)
    if drawn:
        yield f"### What changes\n\nGreen is new, red goes, amber changes.\n\n{fenced(drawn, 'mermaid')}"
    yield _folded("The script", fenced(script(up), "sql"))
    yield _folded("The way back", _way_back(up, down))


def _summary(up: Migration) -> str:
    counts = Counter(hazard.severity for step in up.steps for hazard in step.hazards)
    said = ", ".join(
        f"{_SIGNS[severity]} {counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in (Severity.DANGER, Severity.WARNING, Severity.INFO)
        if counts[severity]
    )
    steps = f"{len(up.steps)} step{'s' if len(up.steps) > 1 else ''} for {up.dialect}"
    return f"{steps}, {up.options.strategy} strategy: {said or 'no hazards'}."


def _table(steps: list[Step]) -> Iterator[str]:
    yield "| | step | of | others wait to | work | back |\n|--:|---|---|---|---|---|"
    for number, step in enumerate(steps, 1):
        effect = step.effect
        rows = f" {short_count(effect.rows)} rows" if effect.rows is not None else ""
        work = f"{effect.work}{rows}" if effect.work is not Work.NONE else ""
        back = "" if effect.reversible else "rows are lost"
        lock = "" if effect.lock == "none" else f"{effect.lock}"
        yield f"| {number} | {step.operation} | {step.kind} {code(step.label)} | {lock} | {work} | {back} |"


def _hazards(steps: list[Step]) -> Iterator[str]:
    found = [(hazard, number) for number, step in enumerate(steps, 1) for hazard in step.hazards]
    order = [Severity.DANGER, Severity.WARNING, Severity.INFO]
    for hazard, number in sorted(found, key=lambda pair: (order.index(pair[0].severity), pair[1])):
        yield _hazard(hazard, number)


def _hazard(hazard: Hazard, number: int) -> str:
    query = f"  \n  {code(hazard.query)}" if hazard.query else ""
    return f"- {_SIGNS[hazard.severity]} **{hazard.code}** step {number}: {cell(hazard.message)}{query}"


def _way_back(up: Migration, down: Migration) -> str:
    gone = "\n".join(f"- {cell(each)}" for each in lost(up.steps))
    head = f"Rows or values that do not come back:\n\n{gone}\n\n" if gone else ""
    return head + fenced(script(down), "sql")


def _folded(title: str, body: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def fenced(text: str, language: str) -> str:
    """Return a text as a block of code that nothing inside can end."""
    longest = max((len(found) for found in _FENCE.findall(text)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def code(text: str) -> str:
    """Return a text as inline code in a cell of a table."""
    plain = " ".join(text.split()).replace("|", "\\|")
    ticks = "``" if "`" in plain else "`"
    return f"{ticks} {plain} {ticks}" if "`" in plain else f"{ticks}{plain}{ticks}"


def cell(text: str) -> str:
    """Return a text for a line of Markdown: no markup of its own, no line breaks."""
    plain = " ".join(text.split())
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", plain)


FORMAT = Markdown()
