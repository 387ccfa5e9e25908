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


_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_NAMES = {"Edg": "Edge", "OPR": "Opera"}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
"""What stands for what in the word of a browser about itself, the more exact first."""


@register.filter
def as_browser(said: str) -> str:
    """Return in few words what a browser says of itself, as `Firefox on Linux`; as it is where nobody knows it."""
    browser = next((_NAMES.get(each, each) for each in _BROWSERS if f"{each}/" in said), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in said), "")
    return f"{browser} on {system}" if browser and system else said[:120] or "An unknown browser"
