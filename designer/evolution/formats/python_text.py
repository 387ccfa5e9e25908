"""SQL in the source of a Python program."""

from __future__ import annotations

INDENT = "    "


def literal(text: str, indent: int) -> str:
    """Return a text as a Python literal: between triple quotes where that reads well, else escaped."""
    plain = text.isprintable() or all(letter.isprintable() or letter == "\n" for letter in text)
    if not plain or '"""' in text or "\\" in text or text.endswith('"'):
        return repr(text)
    if "\n" not in text:
        return repr(text) if len(text) + indent > 110 and '"' in text else _quoted(text)
    return f'"""{text}"""'


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text else repr(text)
