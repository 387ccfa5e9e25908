"""The values that a column may have, where its type or a check lists them."""

from __future__ import annotations

import re

from designer.commands.carrying import parts_of
from designer.schema import Check, Column, Design, EnumType, Id

_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_CAST = re.compile(r"::\s*\"?(?:character varying|[a-z_]\w*)\"?(?:\(\d+\))?(?:\[\])*", re.IGNORECASE)
_INLINE = re.compile(r"^enum\s*\((.*)\)", re.IGNORECASE | re.DOTALL)
_CAST_LITERAL = re.compile(r"^('(?:[^']|'')*')\s*::.+$", re.DOTALL)
_ONE_OF = frozenset({"in", "=any", "=anyarray"})


def listed_values(design: Design, column: Column) -> tuple[str, ...]:
    """Return the values that a column may have, in order, as its enum or a check says; none where nothing does."""
    enum = design.get(column.type_ref or "")
    if isinstance(enum, EnumType):
        return enum.values
    inline = _INLINE.match(column.type)
    if inline:
        return literals(inline[1])
    check = list_check(design, column)
    return literals(check.expr.text) if check is not None else ()


def list_check(design: Design, column: Column) -> Check | None:
    """Return the check of a table that only lists the values of a column: `status IN ('new', 'paid')`."""
    for check in parts_of(design, column.parent or ""):
        if isinstance(check, Check) and _lists(check, column.id):
            return check
    return None


def _lists(check: Check, column: Id) -> bool:
    if len(check.expr.uses) != 1 or check.expr.uses[0].id != column or not literals(check.expr.text):
        return False
    use, text = check.expr.uses[0], check.expr.text
    rest = _CAST.sub("", _LITERAL.sub("", text[use.end :]))
    before = re.sub(r"[\s(]", "", text[: use.start])
    return before == "" and re.sub(r"[\s()\[\],]", "", rest).lower() in _ONE_OF


def literals(text: str) -> tuple[str, ...]:
    """Return the string literals in a text, each once."""
    return tuple(dict.fromkeys(found.replace("''", "'") for found in _LITERAL.findall(text)))


def without_cast(text: str) -> str:
    """Return a default without the type that a literal is cast to: `'new'::mood` -> `'new'`."""
    found = _CAST_LITERAL.match(text)
    return found[1] if found else text
