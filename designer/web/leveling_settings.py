"""What the form that sets a derivation otherwise says, and what it shows."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from designer.levels.contract import LOGICAL
from designer.levels.options import BY_NAME
from designer.schema import Derivation, Design, Model
from designer.services.leveling import Wish
from designer.services.leveling_updates import Otherwise, Updating, decided
from designer.services.words import counted
from designer.web import leveling_derive
from designer.web import leveling_form as form
from designer.web.leveling_tree import name_of

LONGEST_REASON = 500


def wish_of(design: Design, derivation: Derivation, given: QueryDict) -> Wish:
    """Return the derivation as the form has it; as it is, before anybody has changed the form."""
    model = design[derivation.parent or ""]
    target, level = (model.target, model.level) if isinstance(model, Model) else ("", LOGICAL)
    if "defaults" in given or "kept" in given or any(name.startswith("o-") for name in given):
        options, choices = form.options_of(given), _choices(design, derivation, given)
    else:
        options = dict(derivation.options)
        choices = {place: each.value for place, each in decided(design, derivation.id).items()}
    return Wish(
        derivation.source or "", level, target, options=tuple(sorted(options.items())),
        choices=tuple(sorted((element, topic, value) for (element, topic), value in choices.items())),
    )  # fmt: skip


def _choices(design: Design, derivation: Derivation, given: QueryDict) -> form.Choices:
    """Return the choices of the form; one that says what is usual anyway stays as it was decided."""
    found, usual = form.choices_of(given), form.packed(given.get("defaults", ""))
    for place, each in decided(design, derivation.id).items():
        if (
            place not in found
            and usual.get(place) == each.value
            and given.get(f"q:{place[0]}:{place[1]}") == each.value
        ):
            found[place] = each.value
    return found


def otherwise(design: Design, derivation: Derivation, wish: Wish, given: QueryDict) -> Otherwise:
    """Return what the form sets otherwise than the derivation has it."""
    new, old = dict(wish.options), derivation.options
    options = {name: new.get(name, BY_NAME[name].default) for name in BY_NAME if new.get(name) != old.get(name)}
    wanted = {(element, topic): value for element, topic, value in wish.choices}
    there = {place: each.value for place, each in decided(design, derivation.id).items()}
    choices = {place: wanted.get(place, "") for place in {*wanted, *there} if wanted.get(place) != there.get(place)}
    return Otherwise(
        derivation.id, tuple(sorted(options.items())),
        tuple(sorted((element, topic, value) for (element, topic), value in choices.items())),
        given.get("reason", "").strip()[:LONGEST_REASON],
    )  # fmt: skip


def context(design: Design, derivation: Derivation, wish: Wish, change: Otherwise, given: QueryDict) -> dict[str, Any]:
    """Return what the template draws."""
    model, source = design[derivation.parent or ""], design.get(derivation.source or "")
    reasons = {
        place: _because(each.reason, each.decided_by, each.decided_on)
        for place, each in decided(design, derivation.id).items()
    }
    return {
        "view": "settings", "title": f"Settings of {name_of(model)}" if isinstance(model, Model) else "Settings",
        "model_name": name_of(model) if isinstance(model, Model) else "",
        "body": "designer/levels/_settings.html", "derivation": derivation, "wish": wish,
        "source_name": name_of(source) if isinstance(source, Model) else "a model that is gone",
        "same": not change.options and not change.choices, "reason": change.reason,
        **leveling_derive.settings(design, wish, given, reasons),
    }  # fmt: skip


def _because(reason: str, by: str, on: str) -> str:
    said = f"decided by {by} on {on}" if by and on else f"decided by {by}" if by else ""
    return ": ".join(filter(None, (said, reason)))


def fields(derivation: Derivation, wish: Wish, change: Otherwise) -> list[tuple[str, str]]:
    """Return the settings as the fields of a form that say them again."""
    return [("derivation", derivation.id), ("reason", change.reason), *leveling_derive.fields(wish)]


def preview(derivation: Derivation, wish: Wish, change: Otherwise, plan: Updating) -> dict[str, Any]:
    """Return what turns an update into a look at other settings; they travel in hidden fields."""
    taken = [each for each in plan.updates if each.taken]
    lead = f"What changes in {counted(len(taken), 'model')}" if taken else "Nothing that is seen changes"
    return {
        "view": "settings-preview", "title": "Other settings", "about": "settings", "lead": lead, "apply": "Set it so",
        "chosen": True, "fields": fields(derivation, wish, change), "derivation": derivation,
    }  # fmt: skip
