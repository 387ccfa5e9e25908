"""Small things about SQL text: comments, terminators, parentheses, dollar quotes."""

from __future__ import annotations

import re

_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CALL = re.compile(r"[A-Za-z_][\w$.]*\s*\(")
_NAME = re.compile(r'(?:[A-Za-z_][\w$]*|"(?:[^"]|"")+")\Z')
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`""")
INDENT = "    "


def commented(text: str) -> str:
    """Return `text` as SQL comments, one a line; no line break of any kind can end a comment early."""
    return "\n".join(f"-- {line}".rstrip() for line in _LINE_BREAK.split(text.replace("\0", "")))


def terminated(text: str) -> str:
    """Return a statement with one semicolon at its end, also where it ends in a comment."""
    body = text.strip()
    while body.endswith(";"):
        body = body[:-1].rstrip()
    last = body[body.rfind("\n") + 1 :]
    return f"{body}\n;" if "--" in last or "#" in last else f"{body};"


def block(head: str, lines: list[str], tail: str = "") -> str:
    """Return `head (lines) tail;` with a line for each."""
    inside = ",\n".join(INDENT + line for line in lines)
    return f"{head} (\n{inside}\n){tail};"


def is_enclosed(text: str) -> bool:
    """Say whether the first parenthesis of a text is closed by its last character: `(a + b)`, not `(a) + (b)`."""
    return text.startswith("(") and _closing(text, 0) == len(text) - 1


def enclosed(text: str) -> str:
    """Return an expression in parentheses, unless it is in them already."""
    text = text.strip()
    return text if is_enclosed(text) else f"({text})"


def as_key(text: str) -> str:
    """Return an expression as it must stand in an index: a name or function call bare, else in parentheses."""
    text = text.strip()
    if _NAME.match(text) and text.lower() not in ("true", "false", "null"):
        return text
    call = _CALL.match(text)
    if call and _closing(text, call.end() - 1) == len(text) - 1:
        return text
    return enclosed(text)


def _closing(text: str, opening: int) -> int:
    plain = _QUOTED.sub(lambda found: "x" * len(found.group()), text)
    depth = 0
    for at in range(opening, len(plain)):
        depth += (plain[at] == "(") - (plain[at] == ")")
        if depth == 0:
            return at
    return -1


_DELIMITERS = ("$$", "//", ";;", "%%", "~~")


def delimited(text: str) -> str:
    """Return a statement for the clients of MySQL and MariaDB, which read up to the next semicolon.

    A body with semicolons stands between lines that set another delimiter.
    """
    body = terminated(text)[:-1].rstrip()
    if ";" not in body:
        return terminated(text)
    delimiter = next((each for each in _DELIMITERS if each not in body), "$wholekey$")
    return f"DELIMITER {delimiter}\n{body}\n{delimiter}\nDELIMITER ;"


def dollar_quoted(body: str, tag: str = "wholekey") -> str:
    """Return `body` between dollar quotes whose tag does not occur in it."""
    name, number = tag, 0
    while f"${name}$" in body:
        number += 1
        name = f"{tag}{number}"
    return f"${name}$ {body} ${name}$"
