"""Drawing notes: paper with a folded corner, and the text on it as Markdown has it."""

from __future__ import annotations

from designer.layout.markdown import PADDING, Line, Run, lines_that_fit, note_lines
from designer.schema import Note
from exporters.svg.markup import tag, text
from exporters.svg.theme import Theme, ink_on, own_colour

FOLD = 14
BASELINE = 0.36
"""How far below the middle of a line its letters stand, as a part of their size."""


def drawn_note(note: Note, theme: Theme) -> str:
    """Return a sheet with a folded corner; text that does not fit ends with an ellipsis, links can be followed."""
    w, h = max(2 * FOLD, note.w), max(2 * FOLD, note.h)
    fill = own_colour(theme, note.colour) or theme.note
    ink = ink_on(fill, theme.note_text) if fill != theme.note else theme.note_text
    outline = f"M0 0H{w - FOLD}L{w} {FOLD}V{h}H0Z"
    body = tag("path", d=outline, fill=fill, stroke=theme.border)
    body += tag("path", d=f"M{w - FOLD} 0V{FOLD}H{w}", fill="none", stroke=theme.border)
    lines = lines_that_fit(note_lines(note.text, w), h, w)
    body += "".join(_line(line, w, ink, theme) for line in lines)
    return tag("g", body, transform=f"translate({note.x} {note.y})")


def _line(line: Line, w: int, ink: str, theme: Theme) -> str:
    middle = line.y + line.h / 2
    if line.rule:
        return tag("path", d=f"M{PADDING} {middle}H{w - PADDING}", stroke=theme.border)
    drawn = ""
    if line.quote:
        drawn += tag("rect", x=line.marker_x + 4, y=line.y, width=3, height=line.h, fill=theme.border)
    baseline = middle + line.size * BASELINE
    if line.marker:
        drawn += text(line.marker, line.marker_x, baseline, font_size=line.size, fill=ink)
    return drawn + "".join(_run(run, line, baseline, ink, theme) for run in line.runs)


def _run(run: Run, line: Line, baseline: float, ink: str, theme: Theme) -> str:
    style: dict[str, object] = {"font_size": line.size, "fill": theme.foreign if run.link else ink}
    if run.bold:
        style["font_weight"] = 600
    if run.italic:
        style["font_style"] = "italic"
    if run.link:
        style["text_decoration"] = "underline"
    words = text(run.text, run.x, baseline, line.size, run.bold, run.w, **style)
    if run.code:
        top = line.y + (line.h - line.size) / 2 - 2
        box = {"x": run.x - 2, "y": top, "width": run.w + 4, "height": line.size + 4}
        words = tag("rect", **box, rx=2, fill=ink, fill_opacity=0.1) + words
    return tag("a", words, href=run.link) if run.link else words
