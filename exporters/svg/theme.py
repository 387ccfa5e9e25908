"""The colours of a drawing, light and dark, and which words a record may use for a colour of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exporters.contract import ExportProblem


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of a drawing. `headers` are fill and text of a title by the kind of element."""

    name: str
    page: str
    paper: str
    border: str
    text: str
    muted: str
    rule: str
    line: str
    primary: str
    foreign: str
    unique: str
    note: str
    note_text: str
    headers: dict[str, tuple[str, str]]
    palette: dict[str, str]


LIGHT = Theme(
    name="light",
    page="#ffffff",
    paper="#ffffff",
    border="#b4bfcd",
    text="#1c2733",
    muted="#647386",
    rule="#e9edf2",
    line="#56677c",
    primary="#9a6700",
    foreign="#1f5fbf",
    unique="#6b4fbb",
    note="#fff6d6",
    note_text="#5b4a12",
    headers={
        "table": ("#e4ecf7", "#16304f"),
        "view": ("#def1ec", "#0f4438"),
        "entity": ("#ece6f8", "#34225c"),
        "weak": ("#ece6f8", "#34225c"),
        "associative": ("#f8e9dc", "#5c3410"),
        "relationship": ("#f8e9dc", "#5c3410"),
    },
    palette={
        "blue": "#cfe0f7", "green": "#d2ecd6", "teal": "#cdeae6", "yellow": "#faecb8", "orange": "#fadcc0",
        "red": "#f8d2d2", "pink": "#f8d3e6", "purple": "#e2d6f6", "grey": "#e3e7ec", "gray": "#e3e7ec",
    },
)  # fmt: skip

DARK = Theme(
    name="dark",
    page="#12171e",
    paper="#1a212b",
    border="#3c4a5c",
    text="#e3e9f0",
    muted="#93a2b4",
    rule="#27313e",
    line="#8a9bb0",
    primary="#e3b341",
    foreign="#79b0ff",
    unique="#bda4ff",
    note="#3a341d",
    note_text="#eadfb4",
    headers={
        "table": ("#243750", "#dbe8fa"),
        "view": ("#1d4038", "#d3f2e8"),
        "entity": ("#372b57", "#e7defa"),
        "weak": ("#372b57", "#e7defa"),
        "associative": ("#4a3423", "#fae6d2"),
        "relationship": ("#4a3423", "#fae6d2"),
    },
    palette={
        "blue": "#27456e", "green": "#26502f", "teal": "#1f4b47", "yellow": "#574a17", "orange": "#5c3d1f",
        "red": "#5c2a2a", "pink": "#562a44", "purple": "#41306b", "grey": "#333d49", "gray": "#333d49",
    },
)  # fmt: skip

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
BACKGROUNDS = ("theme", "white", "transparent")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def theme_named(name: str) -> Theme:
    """Return a theme. Raises ExportProblem for a name that is not in the list."""
    if name not in THEMES:
        raise ExportProblem(f"there is no theme {name!r}; choose one of: {', '.join(THEMES)}")
    return THEMES[name]


def theme_outside(name: str, background: str) -> Theme:
    """Return the colours of what stands beside the boxes. Raises ExportProblem for a background that there is not.

    On white paper lines and words are those of the light theme, whatever the boxes wear.
    """
    if background not in BACKGROUNDS:
        raise ExportProblem(f"there is no background {background!r}; choose one of: {', '.join(BACKGROUNDS)}")
    return LIGHT if background == "white" else theme_named(name)


def own_colour(theme: Theme, colour: str) -> str | None:
    """Return the colour that a record asks for, from the palette or as `#rrggbb`; None for anything else.

    A colour is free text in the design, and here it would stand inside an attribute.
    """
    if colour in theme.palette:
        return theme.palette[colour]
    return colour if _HEX.fullmatch(colour) else None


def ink_on(fill: str, otherwise: str) -> str:
    """Return a text colour that can be read on `fill`: near black or white by its luminance (ITU-R BT.601)."""
    digits = fill.lstrip("#")
    if len(digits) == 3:
        digits = "".join(each * 2 for each in digits)
    if len(digits) != 6:
        return otherwise
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return "#16202b" if 299 * red + 587 * green + 114 * blue > 140_000 else "#ffffff"
