"""Which ES modules a page will ask for, so that it can ask for all at once and not in a chain of discoveries."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from designer.web.static_files import DIGEST

IMPORT = re.compile(r"""^(?:import|export)\b[^"';()=]*?["'](\.[^"']+)["'];""", re.MULTILINE)
"""A static import, on one line or several. Dynamic ones are asked for when they are wanted."""

_reached: dict[tuple[str, ...], tuple[str, list[str]]] = {}


def reached(*entries: str) -> list[str]:
    """Return the names of all modules that some modules need, themselves first and then those they name."""
    digest = DIGEST.now()
    kept = _reached.get(entries)
    if kept is None or kept[0] != digest:
        kept = digest, walk(entries, DIGEST.paths)
        _reached[entries] = kept
    return kept[1]


def walk(entries: tuple[str, ...], paths: dict[str, str]) -> list[str]:
    """Follow the imports from some modules on, breadth first, through files whose paths on disk are given."""
    found = dict.fromkeys(entries)
    waiting = list(entries)
    for name in waiting:
        for other in imports(Path(paths[name]).read_text(encoding="utf-8")):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), other))
            if target in paths and target not in found:
                found[target] = None
                waiting.append(target)
    return list(found)


def imports(text: str) -> list[str]:
    """Return what the text of a module imports, as it is written there."""
    return IMPORT.findall(text)
