"""Writing any text so that Mermaid 11 and 12 read it back as it was.

The ER lexer of Mermaid drops or reinterprets text without an error, also inside quotes: `direction LR` swallows its
line, `%%{…}%%` is a directive, a backslash or percent sign ends a quoted name. Labels are then drawn as Markdown.
Entity codes (`#37;`) protect a character from all of it and are turned back when the label is drawn.
"""

from __future__ import annotations

import re

_PROTECTED = re.compile(
    "["
    '#"%\\\\:`<>&*~$\\[\\]@'  # quotes, comments, codes, Markdown, generics, formulas, links
    "\ufb02\u00b6"  # what Mermaid itself turns an entity code into
    "\x01-\x1f\x7f\u2028\u2029"  # line breaks end a statement, control characters end up in XML
    "]"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"  # Markdown draws __init__ as bold init
    r"|(?<=(?i:direction))[\s\ufeff](?=[\s\ufeff]*(?i:TB|BT|LR|RL|TD))"
    r"|(?<=(?i:www))\."  # Markdown makes it a link
)
_MARKDOWN_BLOCK = re.compile(r"\A(?:([-+=])|(\d{1,9})([.)]))")  # lists, rules and underlined headings

_NOT_IN_WORD = re.compile(
    "[^A-Za-z0-9\\-_\\[\\]()\u00c0-\U0010ffff]|[\\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f]"
)
_WORD_START = re.compile("[A-Za-z_\u00c0-\U0010ffff]")
_KEY_TOKEN = re.compile(r"(?:PK|FK|UK)(?![A-Za-z0-9_])", re.IGNORECASE)
_DIRECTION_NAME = re.compile(r"TB|BT|LR|RL|TD", re.IGNORECASE)


def escaped(text: str) -> str:
    """Return `text` as it stands between the quotes of a name, a label or a comment."""
    text = text.replace("\0", "\ufffd")
    start, end = _inner(text)
    inner = _MARKDOWN_BLOCK.sub(_without_block, _PROTECTED.sub(_code, text[start:end]))
    return _coded(text[:start]) + inner + _coded(text[end:])


def quoted(text: str) -> str:
    """Return a name in quotes. Mermaid knows no empty name: it becomes one space."""
    return f'"{escaped(text or " ")}"'


def word(name: str) -> str:
    """Return a name of an attribute, which has no quotes: what Mermaid does not take becomes an underscore.

    So does an asterisk, which not every Mermaid 11 takes, and draw as Markdown.
    """
    plain = _NOT_IN_WORD.sub("_", name) or "_"
    return plain if _WORD_START.match(plain) and not _KEY_TOKEN.match(plain) else "_" + plain


def type_word(type_: str, name: str) -> str:
    """Return a type as the one word that Mermaid takes before the attribute `name`, itself a word.

    For example `numeric(10, 2)` becomes `numeric(10_2)`, as before Mermaid 12 a comma ends a type.
    A type `direction` before a name like `LR` would be a statement, so it gets an underscore at its end.
    """
    plain = re.sub(r"\s*,\s*", "_", re.sub("['\"`]", "", type_.strip()))
    made = word(plain) if plain else "any"
    return made + "_" if made.lower().endswith("direction") and _DIRECTION_NAME.match(name) else made


def _inner(text: str) -> tuple[int, int]:
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return start, end


def _is_blank(character: str) -> bool:
    return character.isspace() or character == "\ufeff"


def _coded(text: str) -> str:
    return "".join(f"#{ord(character)};" for character in text)


def _code(match: re.Match[str]) -> str:
    return f"#{ord(match[0])};"


def _without_block(match: re.Match[str]) -> str:
    return _coded(match[1]) if match[1] else match[2] + _coded(match[3])
