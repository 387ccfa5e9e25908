"""The small help dialog."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

SHORTCUTS = (
    ("Everywhere", (
        ("Ctrl Z", "Undo"), ("Ctrl Shift Z", "Redo"), ("Ctrl F", "Find a table or column"), ("?", "This help"),
    )),
    ("Tools", (
        ("V", "Select"), ("T", "Add a table"), ("N", "Add a note"), ("A", "Add an area"), ("R", "Draw a foreign key"),
    )),
    ("Selection", (
        ("Enter", "Edit the name"), ("Delete", "Delete with all that falls with it"), ("Ctrl A", "Select all"),
        ("Ctrl C, Ctrl V", "Copy and paste"), ("Arrow keys", "Move by 8 pixels"), ("Escape", "Let go"),
    )),
    ("View", (
        ("Ctrl and wheel", "Zoom at the pointer"), ("Wheel, or Space and drag", "Move the picture"),
        ("F", "Fit everything"),
        ("+  −", "Zoom in and out"),
    )),
)  # fmt: skip


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Return the shortcuts and a few words."""
    return render(request, "designer/partials/_help.html", {"groups": SHORTCUTS})
