"""The template tag for ES modules."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from designer.web.modules import reached

register = template.Library()


@register.simple_tag
def modules(*entries: str) -> SafeString:
    """Return the links that make the browser fetch some modules at once with all that they import."""
    return _links("modulepreload", *entries)


@register.simple_tag
def modules_soon(*entries: str) -> SafeString:
    """Return the links that make the browser fetch, when it has nothing else to do, what the next page will need."""
    return _links("prefetch", *entries)


def _links(relation: str, *entries: str) -> SafeString:
    found = ((relation, static(name)) for name in reached(*entries))
    return format_html_join("\n", '<link rel="{}" href="{}">', found)
