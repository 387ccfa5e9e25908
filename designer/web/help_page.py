"""The help dialog: what hands do. The page itself adds the keys, as each action tells its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

GESTURES = (
    ("Mouse", (
        ("Wheel", "Move the picture"),
        ("Ctrl and wheel", "Zoom at the pointer"),
        ("Space or middle button, and drag", "Move the picture"),
        ("Drag on the ground", "Select what the frame touches"),
        ("Shift and click", "Select one more"),
        ("Drag a table", "Move it; with Ctrl it does not snap, with Shift it keeps its line"),
        ("Alt and drag a table", "Duplicate it"),
        ("Drag the edge of a row to a table", "Draw a foreign key; Shift one to one, Alt optional, Ctrl many to many"),
        ("Drag a row of a selected table", "Reorder its columns"),
        ("Double-click", "Rename, edit a type, or add a table"),
        ("Right button", "Everything that can be done here"),
        ("Drag a line of the outline", "Put a table on the diagram"),
    )),
    ("Touch", (
        ("One finger", "Move the picture; on a table, the table"),
        ("Two fingers", "Zoom"),
        ("Tap", "Select"),
        ("Double tap", "Rename"),
        ("Long press", "Everything that can be done here"),
    )),
)  # fmt: skip


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Return the gestures and a few words."""
    return render(request, "designer/partials/_help.html", {"groups": GESTURES})
