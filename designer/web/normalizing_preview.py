"""Looking at a fix before it is made: its change for the canvas, its names to edit, its price and its SQL."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from designer.change import change_encode
from designer.commands import Refused
from designer.schema import Design, Id, new_id
from designer.services import fixing
from designer.services.fixing import FORMS, KINDS, Goal, Line, Values, Wish
from designer.web.normalizing_words import sentence

MOST_NAMES = 100
MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Preview:
    """A fix as the panel shows it before it is made. `asked` are the values that make it again, `opened_by` the id of
    the button that asked for it."""

    title: str
    change: str
    goals: tuple[Goal, ...]
    lines: tuple[Line, ...]
    more: int
    notes: tuple[str, ...]
    lost: tuple[str, ...]
    sql: str  # of the triggers that check what is lost
    asked: tuple[tuple[str, str], ...]
    opened_by: str


def wish_of(form: QueryDict) -> Wish:
    """Return what a form wishes for. Raises Refused for a form that there is not."""
    goal, kind = form.get("goal", ""), form.get("wish", "")
    if goal and goal not in FORMS:
        raise Refused(f"choose one of: {', '.join(FORMS)}", "goal")
    kind = kind or ("form" if goal else "extract")
    if kind not in KINDS:
        raise Refused(f"choose one of: {', '.join(KINDS)}", "wish")
    given = tuple(form.getlist("name")[:MOST_NAMES])
    left, right = tuple(form.getlist("left")), tuple(form.getlist("right"))
    return Wish(kind, goal, left, right, given, form.get("value", ""))


def preview(design: Design, owner: Id, form: QueryDict, values: Values) -> Preview:
    """Return what a fix would do. Raises Refused, in a sentence that says what is in its way."""
    wish = wish_of(form)
    fix = fixing.fixed(design, owner, wish, new_id, values)
    opened_by = form.get("from", "")
    asked = [("from", opened_by), ("wish", wish.kind), ("goal", wish.form), ("value", wish.value)]
    asked += [("left", each) for each in wish.left] + [("right", each) for each in wish.right]
    return Preview(
        sentence(fix.edit.label),
        change_encode(fix.edit.change).decode(),
        fix.goals,
        fix.lines[:MOST_LINES],
        max(0, len(fix.lines) - MOST_LINES),
        tuple(dict.fromkeys(sentence(note.message) for note in fix.edit.notes)),
        fix.lost,
        "\n\n".join(each.sql for each in fix.checks),
        tuple((name, value) for name, value in asked if value),
        opened_by,
    )
