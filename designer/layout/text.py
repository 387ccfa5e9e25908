"""How wide a text is, computed from a table instead of a font.

A box must have one size in the browser, on the server and in an exported file, whatever fonts a machine has. So the
width of a text is a sum of advance widths from the table below, which are those of the Helvetica and Arial family
(Adobe, Core 14 AFM files, 1997) in thousandths of the font size. `static/designer/geometry/text.js` holds the twin.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
ELLIPSIS = "…"
BOLD_PERCENT = 107

_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
"""Advance widths of U+0020 to U+007E."""

_RANGES = (
    (0x00A0, 556), (0x00C0, 690), (0x00DF, 540), (0x0100, 600), (0x0250, 540), (0x0300, 0), (0x0370, 590),
    (0x0400, 640), (0x0483, 0), (0x048A, 640), (0x0530, 620), (0x0590, 0), (0x05C8, 560), (0x0600, 480),
    (0x0610, 0), (0x061B, 480), (0x064B, 0), (0x0660, 480), (0x0700, 600), (0x0900, 0), (0x0904, 620),
    (0x0E00, 600), (0x0E31, 0), (0x0E32, 600), (0x0E34, 0), (0x0E3B, 600), (0x0E47, 0), (0x0E4F, 600),
    (0x1100, 1000), (0x1160, 0), (0x1200, 700), (0x1AB0, 0), (0x1B00, 600), (0x1DC0, 0), (0x1E00, 600),
    (0x2000, 500), (0x200B, 0), (0x2010, 556), (0x2014, 1000), (0x2015, 556), (0x2026, 1000), (0x2027, 556),
    (0x2028, 0), (0x202F, 300), (0x2030, 1000), (0x2031, 600), (0x2060, 0), (0x2070, 400), (0x20A0, 600),
    (0x20D0, 0), (0x2100, 800), (0x2300, 900), (0x2600, 1000), (0x27C0, 800), (0x2E80, 1000), (0xA4D0, 640),
    (0xAC00, 1000), (0xD7A4, 600), (0xE000, 1000), (0xFB00, 600), (0xFE00, 0), (0xFE10, 1000), (0xFE20, 0),
    (0xFE30, 1000), (0xFE70, 480), (0xFEFF, 0), (0xFF00, 1000), (0xFF61, 500), (0xFFE0, 1000), (0x10000, 700),
    (0x1F000, 1250), (0x1F3FB, 0), (0x1F400, 1250), (0x1FB00, 800), (0x20000, 1000), (0xE0000, 0),
)  # fmt: skip
"""(first code point, average advance width) of the scripts, each until the next. Marks that sit on others are 0."""

_STARTS = tuple(start for start, _ in _RANGES)


def advance(code_point: int) -> int:
    """Return the advance width of a character in thousandths of the font size."""
    if 0x20 <= code_point <= 0x7E:
        return _ASCII[code_point - 0x20]
    at = bisect_right(_STARTS, code_point) - 1
    return _RANGES[at][1] if at >= 0 else 0


@lru_cache(maxsize=65_536)
def text_width(text: str, size: int, bold: bool = False) -> int:
    """Return the width of `text` in whole pixels, rounded up; `size` is the font size in whole pixels."""
    total = sum(map(advance, map(ord, text)))
    return -(-total * size * (BOLD_PERCENT if bold else 100) // 100_000)


def visible(text: str) -> str:
    """Return `text` as it may be drawn on one line.

    Line breaks and tabs become spaces, control characters and lone surrogates U+FFFD, and the marks that turn the
    direction of what follows are left out: they would turn the next cell as well.
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    code = ord(character)
    if code in (0x09, 0x0A, 0x0D, 0x2028, 0x2029):
        return " "
    if 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return ""
    bad = code < 0x20 or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)
    return "\ufffd" if bad else character


def ellipsize(text: str, size: int, bold: bool, width: int) -> str:
    """Return `text`, or as much of its beginning as fits into `width` pixels with an ellipsis after it."""
    if text_width(text, size, bold) <= width:
        return text
    room = width * 100_000 // (size * (BOLD_PERCENT if bold else 100)) - advance(ord(ELLIPSIS))
    kept = 0
    for character in text:
        room -= advance(ord(character))
        if room < 0:
            break
        kept += 1
    return text[:kept] + ELLIPSIS


def wrapped(text: str, size: int, width: int) -> list[str]:
    """Return the lines of `text` broken at spaces to fit into `width`; a word that is too long is broken anywhere."""
    lines: list[str] = []
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        line = ""
        for word in visible(paragraph).split(" "):
            joined = f"{line} {word}" if line else word
            if text_width(joined, size) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, size, width)
            lines += full
        lines.append(line)
    return lines


def _broken(word: str, size: int, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
