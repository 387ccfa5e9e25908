"""Writing text inside the HTML-like labels of Graphviz, which are XML.

Quoted strings are avoided, as they have no way to end in a backslash.
"""

from __future__ import annotations

import re
from html import escape

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n|[\r\n\u0085\u2028\u2029]")
_REREAD = re.compile(
    r"&(?=#?\w+;)"  # Graphviz takes it for an entity again when it writes SVG
    r"|\\(?=[NGETHL])"  # `\N` is the name of the node, also in HTML-like labels and after entities are resolved
)
_JOINER = "\u2060"  # an invisible character between two that would mean something together
_REPLACEMENT = "\ufffd"


def label(text: str) -> str:
    """Return text that Graphviz draws as it is: line breaks stay, characters that XML cannot hold become \ufffd.

    Invisible word joiners keep `&amp;` from being drawn as `&`, and `\\N` as the id of the node.
    """
    text = _REREAD.sub(_keep_apart, _NOT_XML.sub(_REPLACEMENT, text))
    return _LINE_BREAK.sub("<BR/>", escape(text, quote=True))


def _keep_apart(match: re.Match[str]) -> str:
    return match[0] + _JOINER


def node(id_: str) -> str:
    """Return the id of a node or port for a record; it stays the same through every rename."""
    return f'"{id_}"'
