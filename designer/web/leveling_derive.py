"""What the form that derives a model says, and what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from designer.commands.contract import get
from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.levels.choices import questions
from designer.levels.contract import LOGICAL, PHYSICAL
from designer.schema import Design, Id, Model
from designer.services.leveling import Wish
from designer.web import leveling_form as form

LONGEST_NAME = 200
MANY = 12
"""So many questions are worth a field to search them."""


def wish_of(design: Design, given: QueryDict, otherwise: Id) -> Wish:
    """Return what a form wishes for; a source that is not there is the one that stands for it."""
    source = given.get("source", "")
    found = design.get(source)
    source = source if isinstance(found, Model) and found.level != PHYSICAL else otherwise
    upper = get(design, source, Model)
    goal = given.get("goal", "")
    known = [value for value, _ in goals(upper)]
    goal = goal if goal in known else known[0]
    level, target = (LOGICAL, "") if goal == LOGICAL else (PHYSICAL, goal)
    choices = tuple(sorted((element, topic, value) for (element, topic), value in form.choices_of(given).items()))
    return Wish(
        source, level, target, given.get("version", "").strip() if target else "",
        given.get("name", "").strip()[:LONGEST_NAME], tuple(sorted(form.options_of(given).items())), choices,
    )  # fmt: skip


def goals(upper: Model) -> list[tuple[str, str]]:
    """Return what can be derived from a model: a logical one from concepts, tables of each database from both."""
    tables = [(name, f"Tables for {dialect_of(name).title}") for name in DIALECTS]
    return [(LOGICAL, "A logical model"), *tables] if upper.level == "conceptual" else tables


def context(design: Design, wish: Wish, given: QueryDict, uppers: Sequence[Model]) -> dict[str, Any]:
    """Return what the template draws."""
    upper = get(design, wish.source, Model)
    default_name = f"named after {upper.name}" if upper.name else ""
    return {
        "view": "derive", "title": "Derive a model", "body": "designer/levels/_derive.html",
        "wish": wish, "uppers": uppers, "goals": goals(upper), "goal": wish.target or LOGICAL,
        "default_name": default_name, "default_version": dialect_of(wish.target).default_version if wish.target else "",
        **settings(design, wish, given),
    }  # fmt: skip


def settings(design: Design, wish: Wish, given: QueryDict, reasons: form.Choices | None = None) -> dict[str, Any]:
    """Return the options and questions of a derivation, as the template draws them."""
    first, folded = form.option_groups(design, wish.source, wish.level, wish.target, dict(wish.options))
    dialect = dialect_of(wish.target) if wish.target else None
    asked = questions(design, wish.source, wish.level, dialect, wish.settings)
    find = given.get("find", "").strip()
    topics = form.topics(design, asked, reasons or {}, find)
    choices = {(element, topic): value for element, topic, value in wish.choices}
    return {
        "first": first, "folded": folded, "topics": topics, "find": find, "many": find or len(asked) > MANY,
        "defaults": form.packed_defaults(topics), "kept": form.pack(form.not_shown(choices, topics)),
        "reasons": reasons is not None,
    }  # fmt: skip


def preview(wish: Wish) -> dict[str, Any]:
    """Return what turns the form into a look at what it would make; the wish travels in hidden fields."""
    title = f"Tables for {dialect_of(wish.target).title}" if wish.target else "A logical model"
    return {
        "view": "preview", "title": "What it would be", "body": "designer/levels/_preview.html",
        "edit_title": f"{title}, not made yet", "fields": fields(wish),
    }  # fmt: skip


def fields(wish: Wish) -> list[tuple[str, str]]:
    """Return a wish as the fields that say it again."""
    choices = {(element, topic): value for element, topic, value in wish.choices}
    found = [("source", wish.source), ("goal", wish.target or LOGICAL), ("version", wish.version), ("name", wish.name)]
    return [*found, ("kept", form.pack(choices)), *((f"o-{name}", value) for name, value in wish.options)]
