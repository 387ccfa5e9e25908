"""Reading one line that describes an attribute, as people type it; as doc/commands/attribute_text.js."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from designer.commands.contract import Refused

IsType = Callable[[str], bool]


@dataclass(slots=True)
class AttributeText:
    """What a line says. What it does not say about `optional` and `type` is None; `type` is the text as written."""

    name: str = ""
    type: str | None = None
    optional: bool | None = None
    primary: bool = False
    unique: bool = False
    multivalued: bool = False
    derived: bool = False
    comment: str | None = None
    pii: str | None = None
    parts: list[AttributeText] = field(default_factory=list)


_MARKS = {"*": ("primary", True), "#": ("primary", True), "?": ("optional", True), "/": ("derived", True)}
"""Marks before a name, as textbooks set them."""

_WORDS: tuple[tuple[tuple[str, ...], tuple[str, bool]], ...] = (
    (("primary", "key"), ("primary", True)),
    (("not", "null"), ("optional", False)),
    (("pk",), ("primary", True)),
    (("*",), ("primary", True)),
    (("?",), ("optional", True)),
    (("optional",), ("optional", True)),
    (("null",), ("optional", True)),
    (("required",), ("optional", False)),
    (("unique",), ("unique", True)),
)
"""Words after the type, and what they set."""

_DEFINITION = re.compile(r"\s--(?:\s+(.*))?$")
_PERSONAL = re.compile(r"\spii=([\w-]+)\s*$")


def with_definition(line: str) -> tuple[str, str | None]:
    """Part a line from the definition after two dashes: `credits integer -- ECTS points`; None where it has none."""
    found = _DEFINITION.search(line)
    return (line, None) if found is None else (line[: found.start()], (found[1] or "").strip())


def with_personal(line: str) -> tuple[str, str | None]:
    """Part a line from the kind of personal data at its end: `street pii=address`; None where it has none."""
    found = _PERSONAL.search(line)
    return (line, None) if found is None else (line[: found.start()], found[1].replace("_", " "))


def parse_attribute_text(text: str, is_type: IsType) -> AttributeText:
    """Read `* number: integer`, `{phone}? string(20)`, `/age`, or a composite one: `address: street, city`.

    After a colon stands a type, or several parts with commas; without one the last words are the type where `is_type`
    knows them. Raises Refused for a line without a name, or a brace or bracket that does not close.
    """
    found = AttributeText()
    rest = _after_marks(found, text.strip())
    colon = next(iter(_outside(rest, ":")), -1)
    if colon >= 0:
        found.name = rest[:colon]
        _read_tail(found, rest[colon + 1 :], is_type)
    else:
        _read_words(found, rest, is_type)
    found.name = _plain_name(found, found.name.strip())
    if not found.name:
        raise Refused("an attribute needs a name; type for example: *number integer", "name")
    return found


def _after_marks(found: AttributeText, text: str) -> str:
    rest = text
    while rest:
        if rest[0] in _MARKS:
            setattr(found, *_MARKS[rest[0]])
            rest = rest[1:].lstrip()
        elif rest[0] == "{":
            inner, brace, after = rest[1:].partition("}")
            if not brace:
                raise Refused("a brace is not closed; add }", "name")
            found.multivalued = True
            rest = (inner + after).lstrip()
        else:
            break
    return rest


def _read_tail(found: AttributeText, tail: str, is_type: IsType) -> None:
    parts = separated(tail)
    if len(parts) > 1:
        found.parts = [parse_attribute_text(part, is_type) for part in parts]
    else:
        found.type = " ".join(_without_words(found, _words(tail)))


def _read_words(found: AttributeText, rest: str, is_type: IsType) -> None:
    """Take the longest run of last words that is a type for the type."""
    left = _without_words(found, _words(rest))
    at = next((at for at in range(1, len(left)) if is_type(" ".join(left[at:]))), len(left))
    found.name = " ".join(left[:at])
    found.type = " ".join(left[at:]) if at < len(left) else None


def _without_words(found: AttributeText, words: Sequence[str]) -> list[str]:
    left = list(words)
    while True:
        room = len(left) + bool(found.name)
        said = next((each for each in _WORDS if len(each[0]) < room and _ends(left, each[0])), None)
        if said is None:
            return left
        setattr(found, *said[1])
        left = left[: len(left) - len(said[0])]


def _ends(words: Sequence[str], said: Sequence[str]) -> bool:
    return [word.lower() for word in words[-len(said) :]] == list(said)


def _plain_name(found: AttributeText, name: str) -> str:
    """Return the name without the marks that may stand after it: `phone?`, `number*`."""
    if name.endswith("?"):
        found.optional = True
    elif name.endswith("*"):
        found.primary = True
    else:
        return name
    return _plain_name(found, name[:-1].rstrip())


def separated(text: str) -> list[str]:
    """Return the parts of a text between commas that stand in no brackets; empty ones are left out."""
    ends = [*_outside(text, ","), len(text)]
    starts = [0, *(end + 1 for end in ends)]
    return [part for start, end in zip(starts, ends, strict=False) if (part := text[start:end].strip())]


def _words(text: str) -> list[str]:
    found: list[str] = []
    depth = 0
    for word in text.split():
        if depth > 0:
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
        depth += word.count("(") - word.count(")")
    if depth > 0:
        raise Refused("a bracket is not closed; add )", "type")
    last = found[-1] if found else ""
    if last not in ("?", "*") and last.endswith(("?", "*")):
        found[-1:] = [last[:-1], last[-1]]
    return found


def _outside(text: str, letter: str) -> list[int]:
    """Return where a letter stands outside of brackets and quotes."""
    found: list[int] = []
    depth, quoted = 0, False
    for at, each in enumerate(text):
        if each == "'":
            quoted = not quoted
        elif not quoted and each in "()":
            depth += 1 if each == "(" else -1
        elif not quoted and depth == 0 and each == letter:
            found.append(at)
    return found
