"""How a form's fields are drawn."""

from __future__ import annotations

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_input(field: BoundField) -> SafeString:
    """Return a field as our pages draw it; a reader of the screen hears its hint and what is wrong with it."""
    attributes: dict[str, str | bool] = {"placeholder": False}
    if not is_check(field):
        attributes["class"] = "input"
    if field.errors:
        attributes["aria-invalid"] = "true"
    about = [f"{field.auto_id}_{part}" for part, there in (("hint", field.help_text), ("error", field.errors)) if there]
    if about:
        attributes["aria-describedby"] = " ".join(about)
    return field.as_widget(attrs=attributes)


@register.filter
def is_check(field: BoundField) -> bool:
    """Say whether a field is a box to tick."""
    return getattr(field.field.widget, "input_type", "") == "checkbox"
