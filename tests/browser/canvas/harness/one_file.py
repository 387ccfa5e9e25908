"""The modules that a page begins with as one script: each as it is, in a function of its own, after those that it asks for.

Two hundred and more modules are as many requests, and half of what it takes to open a page; tests that look at what the
modules do need not pay that each time. It knows the ways of importing that this project has, and refuses others.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

# They begin with the end of the line before: what begins with a character is found much quicker than what begins with ^.
ASKS = re.compile(r'\n(import|export) \{([^}]*)\} from "([^"]+)";')
DECLARES = re.compile(r"\nexport (?=(?:async )?(?:function|const|class)\*? +(\w+))")
NAMES = re.compile(r"\nexport \{([^}]*)\};")
OTHER = re.compile(r"\n(?:import|export)\b.*")


@cache
def one_file(entry: Path) -> str:
    """Return the script of a module and of everything that it imports.

    Raises ValueError where modules import each other in a circle, or in a way that is not known here.
    """
    done: dict[Path, str] = {}
    _add(entry.resolve(), done, ())
    return "".join(done.values())


def _add(path: Path, done: dict[Path, str], asking: tuple[Path, ...]) -> None:
    if path in asking:
        raise ValueError(f"{path} imports itself by way of {asking[-1]}")
    if path not in done:
        text = "\n" + path.read_text(encoding="utf-8")
        for _, _, other in ASKS.findall(text):
            _add((path.parent / other).resolve(), done, (*asking, path))
        done[path] = _function(path, text, list(done))


def _function(path: Path, text: str, before: list[Path]) -> str:
    """Return a module as a constant whose properties are its exports."""
    given: list[str] = []

    def asked(match: re.Match[str]) -> str:
        source = f"module{before.index((path.parent / match[3]).resolve())}"
        if match[1] == "export":
            given.extend(f"{name}: {source}.{own}" for own, name in _pairs(match[2]))
            return "\n"
        return f"\nconst {{ {', '.join(f'{own}: {name}' for own, name in _pairs(match[2]))} }} = {source};"

    def named(match: re.Match[str]) -> str:
        given.extend(f"{name}: {own}" for own, name in _pairs(match[1]))
        return "\n"

    def declared(match: re.Match[str]) -> str:
        given.append(match[1])
        return "\n"

    text = DECLARES.sub(declared, NAMES.sub(named, ASKS.sub(asked, text)))
    if unknown := OTHER.search(text):
        raise ValueError(f"{path}: {unknown[0]}")
    return f'const module{len(before)} = (() => {{ "use strict";\n{text}\nreturn {{ {", ".join(given)} }};\n}})();\n'


def _pairs(names: str) -> list[tuple[str, str]]:
    """Return the names of `a, b as c` as (a, a), (b, c)."""
    found = [each.split(" as ") for each in (name.strip() for name in names.split(",")) if each]
    return [(each[0].strip(), each[-1].strip()) for each in found]
