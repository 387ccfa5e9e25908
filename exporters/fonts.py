"""The font that PNG and PDF are drawn with: Arimo (Steve Matteson, 2010; SIL Open Font License 1.1), from a package.

Its widths are those of Helvetica and Arial, by which boxes are measured. So a picture looks the same on every machine,
also on one without fonts. Characters that Arimo lacks are taken from the fonts of the machine.

The renderers set no weight of a variable font (PDF) and open the file again for each word, which costs by its size. So
cuts of it are made once and kept in the user's cache: regular and bold with the Latin letters only, and a whole bold.
"""

from __future__ import annotations

import os
import re
import tempfile
from functools import cache
from pathlib import Path

from exporters.contract import ExportProblem

FAMILY = "Arimo"
_LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0xFFFD)
_OTHERS = re.compile(f"[^\n{''.join(map(re.escape, map(chr, _LATIN)))}]")
REGULAR, BOLD = 400, 700
POSTSCRIPT_NAME = 6  # an id in the `name` table (OpenType 1.9)


def files_for(svg: str) -> list[str]:
    """Return the fonts that a drawing needs: small ones where its letters are all Latin.

    Raises ExportProblem where the package with the font is missing.
    """
    variable = _variable()
    if variable is None:
        raise ExportProblem(
            "the font of pictures is missing, so every name would be; install it with: pip install fontpkg-arimo, "
            "or export SVG"
        )
    if _OTHERS.search(svg):
        return [str(variable), str(_cut(variable, BOLD, latin=False))]
    return [str(_cut(variable, weight, latin=True)) for weight in (REGULAR, BOLD)]


@cache
def _variable() -> Path | None:
    """Return the font with its weight from regular to bold; None where the package is not installed."""
    try:
        import fontpkg_arimo
    except ImportError:
        return None
    found = Path(fontpkg_arimo.ROOT, "files", "Arimo[wght].ttf")
    return found if found.is_file() else None


@cache
def _cut(variable: Path, weight: int, latin: bool) -> Path:
    kept = _folder() / f"arimo-{variable.stat().st_size}-{weight}{'-latin' if latin else ''}.ttf"
    if not kept.is_file():
        _make(variable, weight, latin, kept)
    return kept


def _make(variable: Path, weight: int, latin: bool, target: Path) -> None:
    """Write a font of one weight, whole or not at all: another process may be making it too."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(variable, recalcTimestamp=False)
    if latin:
        wanted = Options(layout_features=["kern", "mark", "mkmk"], hinting=False)
        subsetter = Subsetter(wanted)
        subsetter.populate(unicodes=_LATIN)
        subsetter.subset(font)
    static = instantiateVariableFont(font, {"wght": weight})
    static["OS/2"].usWeightClass = weight
    static["name"].setName(f"{FAMILY}-{'Bold' if weight == BOLD else 'Regular'}", POSTSCRIPT_NAME, 3, 1, 0x409)
    handle, unfinished = tempfile.mkstemp(dir=target.parent, suffix=".ttf")
    os.close(handle)
    static.save(unfinished)
    Path(unfinished).replace(target)


def _folder() -> Path:
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
