"""The font that PNG and PDF are drawn with: Arimo (Steve Matteson, 2010; SIL Open Font License 1.1), from a package.

Its widths are those of Helvetica and Arial, by which boxes are measured. So a picture looks the same on every machine,
also on one without fonts. Characters that Arimo lacks are taken from the fonts of the machine.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

FAMILY = "Arimo"
NO_FONT = (
    "the font of pictures is missing, so every name would be; install it with: pip install fontpkg-arimo, or export SVG"
)


@cache
def font_file() -> Path | None:
    """Return the variable font, its weight from regular to bold; None where the package is not installed."""
    try:
        import fontpkg_arimo
    except ImportError:
        return None
    found = Path(fontpkg_arimo.ROOT, "files", "Arimo[wght].ttf")
    return found if found.is_file() else None


@cache
def bold_file() -> Path | None:
    """Return the bold cut as a file of its own, for a renderer that cannot set the weight of a variable font.

    It is made once, which takes a second, and kept in the user's cache; None where the font is missing.
    """
    variable = font_file()
    if variable is None:
        return None
    kept = _cache_folder() / f"arimo-bold-{variable.stat().st_size}.ttf"
    if not kept.is_file():
        _make_bold(variable, kept)
    return kept


def _make_bold(variable: Path, target: Path) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(variable, recalcTimestamp=False)
    bold = instantiateVariableFont(font, {"wght": 700}, updateFontNames=True)
    handle, unfinished = tempfile.mkstemp(dir=target.parent, suffix=".ttf")
    os.close(handle)
    bold.save(unfinished)
    Path(unfinished).replace(target)


def _cache_folder() -> Path:
    """Return a folder that only this user writes to; one that goes with the process where there is no home."""
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    folder = Path(home, "wholekey")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return Path(_scratch().name)
    return folder if os.access(folder, os.W_OK) else Path(_scratch().name)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="wholekey-")
