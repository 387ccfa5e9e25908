"""The grammar of a Mermaid erDiagram, in every spelling that Mermaid 11 and 12 take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from designer.importers.contract import ImportProblem


@dataclass(frozen=True, slots=True)
class Attribute:
    """One line of an entity. `keys` are PK, FK and UK."""

    type: str
    name: str
    keys: tuple[str, ...]
    comment: str
    line: int


@dataclass(slots=True)
class Entity:
    """An entity; `title` is what it shows where it has another name."""

    name: str
    line: int
    title: str = ""
    attributes: list[Attribute] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A line between two entities; each side has (least, many): how many of it one of the other side has."""

    left: str
    right: str
    left_many: tuple[int, bool]
    right_many: tuple[int, bool]
    identifying: bool
    label: str
    line: int


@dataclass(slots=True)
class Document:
    """An erDiagram."""

    title: str = ""
    entities: dict[str, Entity] = field(default_factory=dict)
    relationships: list[Relationship] = field(default_factory=list)


_ZERO_ONE, _ONE, _ZERO_MANY, _ONE_MANY = (0, False), (1, False), (0, True), (1, True)
_WORDS = {
    "zero or one": _ZERO_ONE, "one or zero": _ZERO_ONE, "|o": _ZERO_ONE, "o|": _ZERO_ONE,
    "only one": _ONE, "exactly one": _ONE, "one": _ONE, "1": _ONE, "||": _ONE,
    "zero or more": _ZERO_MANY, "zero or many": _ZERO_MANY, "many(0)": _ZERO_MANY, "0+": _ZERO_MANY,
    "many": _ZERO_MANY, "}o": _ZERO_MANY, "o{": _ZERO_MANY, "u": _ZERO_ONE,
    "one or more": _ONE_MANY, "one or many": _ONE_MANY, "many(1)": _ONE_MANY, "1+": _ONE_MANY, "}|": _ONE_MANY,
    "|{": _ONE_MANY,
}  # fmt: skip
_MANY = "|".join(re.escape(word).replace("\\ ", r"\s+") for word in sorted(_WORDS, key=len, reverse=True))
_ENTITY = r'(?:"(?P<{0}quoted>[^"]*)"|(?P<{0}bare>[\w$*][\w$.*-]*?))'
_ALIAS = r'(?:\s*\[\s*(?:"(?P<{0}shown>[^"]*)"|(?P<{0}plain>[^\]"]*))\s*\])?'
_CLASS = r"(?:\s*:::[\w,-]+)?"
_SIDE = _ENTITY + _ALIAS + _CLASS
_RELATION = re.compile(
    rf"^{_SIDE.format('a')}\s*(?P<am>{_MANY})\s*(?P<link>--|\.\.|\.-|-\.|\boptionally\s+to\b|\bto\b)\s*(?P<bm>{_MANY})\s*"
    rf"{_SIDE.format('b')}(?:\s*:\s*(?P<label>.*))?$",
    re.IGNORECASE,
)
_HEAD = re.compile(rf"^{_SIDE.format('a').replace('*?', '*')}\s*(?P<open>\{{)?(?P<rest>.*)$")
_ATTRIBUTE = re.compile(
    r"""^(?P<type>\S+)\s+(?P<name>\*?[^\s"]+)
        (?:\s+(?P<keys>(?:PK|FK|UK)(?:\s*,\s*(?:PK|FK|UK))*))?
        (?:\s*"(?P<comment>[^"]*)")?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_PASSED_OVER = re.compile(
    r"^(?:direction|style|classDef|class|linkStyle|click)\s|^acc(?:Title|Descr)\s*:", re.IGNORECASE
)
_CODE = re.compile(r"#(\d+|[a-z]+);", re.IGNORECASE)
_NAMED = {"quot": '"', "amp": "&", "lt": "<", "gt": ">", "apos": "'", "nbsp": "\u00a0", "num": "#"}


def parse(text: str) -> Document:
    """Return the diagram in a text. Raises ImportProblem at the first line that cannot be read."""
    lines = iter(_lines(text))
    document = Document()
    for number, line in lines:
        if line.lower().startswith("title "):
            document.title = line[6:].strip()
        if re.match(r"erDiagram\b", line):
            rest = line[len("erDiagram") :].strip()
            if rest:
                _statement(document, rest, number, lines)
            break
    else:
        raise ImportProblem("this is no Mermaid ER diagram; it has to start with erDiagram", 1, 1)
    for number, line in lines:
        _statement(document, line, number, lines)
    return document


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers; comments and the fences of Markdown are left out."""
    fenced = re.search(r"^\s*```+\s*mermaid\b", text, re.MULTILINE) is not None
    inside = not fenced
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip().removeprefix("\ufeff")
        if fenced and line.startswith("```"):
            inside = "mermaid" in line
            continue
        if inside and line and not line.startswith("%%") and line != "---":
            yield number, line


def _statement(document: Document, line: str, number: int, lines: Iterator[tuple[int, str]]) -> None:
    if _PASSED_OVER.match(line):
        return
    if re.match(r"accDescr\s*\{", line, re.IGNORECASE):
        _until_closed(line, lines)
        return
    if re.match(r"title\s+\S", line):
        document.title = line[5:].strip()
        return
    found = _RELATION.match(line)
    if found:
        _relationship(document, found, number)
        return
    head = _HEAD.match(line)
    if head is None or (not head["open"] and head["rest"].strip()):
        raise ImportProblem(f"{line[:60]!r} is no entity and no relationship, such as A ||--o{{ B : has", number, 1)
    entity = _entity(document, head, "a", number)
    if head["open"]:
        _attributes(entity, head["rest"], number, lines)


def _until_closed(line: str, lines: Iterator[tuple[int, str]]) -> None:
    while "}" not in line:
        _, line = next(lines, (0, "}"))


def _entity(document: Document, found: re.Match[str], side: str, number: int) -> Entity:
    quoted = found[f"{side}quoted"]
    name = decoded(quoted) if quoted is not None else found[f"{side}bare"]
    entity = document.entities.setdefault(name, Entity(name, number))
    shown = found[f"{side}shown"] or found[f"{side}plain"]
    if shown:
        entity.title = decoded(shown)
    return entity


def _relationship(document: Document, found: re.Match[str], number: int) -> None:
    left, right = (_entity(document, found, side, number) for side in "ab")
    label = (found["label"] or "").strip()
    many = [_WORDS[" ".join(found[key].lower().split())] for key in ("am", "bm")]
    document.relationships.append(
        Relationship(
            left.name,
            right.name,
            many[0],
            many[1],
            found["link"].lower() in ("--", "to"),
            decoded(label[1:-1] if label[:1] == '"' == label[-1:] and len(label) > 1 else label),
            number,
        )
    )


def _attributes(entity: Entity, rest: str, number: int, lines: Iterator[tuple[int, str]]) -> None:
    line: str | None = rest.strip()
    start = number
    while line is not None:
        inside, closed, after = _before_brace(line)
        if inside:
            entity.attributes.append(_attribute(inside, number))
        if closed:
            if after and not after.startswith("%%"):
                raise ImportProblem(f"{after[:40]!r} stands behind }}; begin a new line", number, 1)
            return
        number, line = next(lines, (0, None))
    raise ImportProblem(f"the entity {entity.name} is not closed; add }}", start, 1)


def _before_brace(line: str) -> tuple[str, bool, str]:
    """Return what stands before the } outside of a comment, whether there is one, and what follows it."""
    quoted = False
    for at, letter in enumerate(line):
        quoted ^= letter == '"'
        if letter == "}" and not quoted:
            return line[:at].strip(), True, line[at + 1 :].strip()
    return line.strip(), False, ""


def _attribute(line: str, number: int) -> Attribute:
    found = _ATTRIBUTE.match(line)
    if found is None:
        message = f'{line[:60]!r} is no attribute; write: type name, then PK, FK or UK, then a "comment"'
        raise ImportProblem(message, number, 1)
    keys = tuple(each.strip().upper() for each in (found["keys"] or "").split(",") if each.strip())
    primary = ("PK",) if found["name"].startswith("*") and "PK" not in keys else ()
    return Attribute(
        found["type"], found["name"].removeprefix("*"), keys + primary, decoded(found["comment"] or ""), number
    )


def decoded(text: str) -> str:
    """Return a text with its entity codes as the characters that they stand for."""
    return _CODE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = match[1]
    if code.isdigit():
        number = int(code)
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]
    return _NAMED.get(code.lower(), match[0])
