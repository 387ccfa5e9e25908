"""Writing text inside the HTML-like labels of Graphviz, which are XML.

Quoted strings are avoided: they read `\\N` and `\\G` as escapes and have no way to end in a backslash.
"""

from __future__ import annotations

import re
from html import escape

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n|[\r\n\u0085\u2028\u2029]")
_REPLACEMENT = "\ufffd"


def label(text: str) -> str:
    """Return text that Graphviz draws as it is: line breaks stay, characters that XML cannot hold become \ufffd."""
    return _LINE_BREAK.sub("<BR/>", escape(_NOT_XML.sub(_REPLACEMENT, text), quote=True))


def node(id_: str) -> str:
    """Return the id of a node or port for a record; it stays the same through every rename."""
    return f'"{id_}"'
