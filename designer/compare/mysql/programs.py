"""Routines, triggers and events of MySQL and MariaDB: their heads and settings in one spelling."""

from __future__ import annotations

import re

from designer.compare.mysql.types import type_form, without_charset

_DEFINER = re.compile(
    r"""\bdefiner\s*=\s*(?:`[^`]*`|'[^']*'|"[^"]*"|[\w$.]+)\s*(?:@\s*(?:`[^`]*`|'[^']*'|"[^"]*"|[\w$.%]+)|\(\s*\))?\s*""",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\s*create\s+(?:or\s+replace\s+)?event\s+(?:if\s+not\s+exists\s+)?(?P<name>`(?:[^`]|``)+`|\"[^\"]+\"|[^\s]+)",
    re.IGNORECASE,
)
_EVENT_USUAL = re.compile(r"\bon\s+completion\s+not\s+preserve\b|\benable\b(?=\s+(?:do|comment)\b)", re.IGNORECASE)
_STARTS = re.compile(r"\bstarts\s+(?:'[^']*'|current_timestamp(?:\(\))?)(?!\s*[-+])", re.IGNORECASE)
_ROUTINE = re.compile(
    r"\s*create\s+(?:or\s+replace\s+)?(?:aggregate\s+)?(?P<kind>function|procedure)\s+(?:if\s+not\s+exists\s+)?"
    r"(?:(?:`(?:[^`]|``)+`|\"[^\"]+\"|[\w$]+)\s*\.\s*)?(?P<name>`(?:[^`]|``)+`|\"[^\"]+\"|[\w$]+)\s*\(",
    re.IGNORECASE,
)
_RETURNS = re.compile(
    r"(\breturns\s+)((?:'[^']*'|[^'])+?)"
    r"(?=\s+(?:language|not|deterministic|contains|no|reads|modifies|sql|comment|begin|return)\b)",
    re.IGNORECASE,
)
_USUAL = re.compile(
    r"\s+(?:language\s+sql|not\s+deterministic|contains\s+sql|sql\s+security\s+definer)(?=\s)", re.IGNORECASE
)
_PARAMETER = re.compile(
    r"\s*((?:in|out|inout)\s+)?(`(?:[^`]|``)+`|\"[^\"]+\"|[\w$]+)\s+(.*\S)\s*\Z", re.IGNORECASE | re.DOTALL
)
_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*|\#[^\n]*", re.DOTALL)
_PIECE = re.compile(r"'(?:[^'\\]|''|\\.)*'|\"[^\"]*\"|`[^`]*`|/\*.*?\*/|--[^\n]*|\#[^\n]*|[(),]", re.DOTALL)
_BODY = re.compile(
    r"\b(?:begin|return|select|set|insert|update|delete|if|call|case|loop|while|repeat|declare)\b", re.IGNORECASE
)
MODES = {
    "ansi": "real_as_float,pipes_as_concat,ansi_quotes,ignore_space",
    "traditional": "strict_trans_tables,strict_all_tables,no_zero_in_date,no_zero_date,error_for_division_by_zero,"
    "no_auto_create_user,no_engine_substitution",
    "oracle": "pipes_as_concat,ansi_quotes,ignore_space,no_key_options,no_table_options,no_field_options,"
    "no_auto_create_user,simultaneous_assignment",
    "mssql": "pipes_as_concat,ansi_quotes,ignore_space,no_key_options,no_table_options,no_field_options",
    "db2": "pipes_as_concat,ansi_quotes,ignore_space,no_key_options,no_table_options,no_field_options",
    "postgresql": "pipes_as_concat,ansi_quotes,ignore_space,no_key_options,no_table_options,no_field_options",
    "maxdb": "pipes_as_concat,ansi_quotes,ignore_space,no_key_options,no_table_options,no_field_options,"
    "no_auto_create_user",
}
"""Modes that stand for several, and which."""


def sql_mode(value: str) -> str:
    """Return an SQL mode with what it stands for, in one order; what says nothing about programs is left out."""
    said = {each.strip().lower() for each in value.strip().strip("'\"").split(",")}
    said |= {part for each in said for part in MODES.get(each, "").split(",")}
    return ",".join(sorted(said - {"", "no_auto_create_user", "no_engine_substitution"}))


def program_form(text: str, dialect: str) -> str:
    """Return a program's text with its head in one spelling, without what the server writes out unasked."""
    text = _DEFINER.sub("", text, count=1)
    if _EVENT.match(text):
        return _EVENT_USUAL.sub(" ", text)
    routine = _ROUTINE.match(text)
    end = _closing(text, routine.end() - 1) if routine else -1
    if routine is None or end < 0:
        return text
    parameters = ",".join(_parameter(each, dialect) for each in _split(text[routine.end() : end]))
    rest = _RETURNS.sub(lambda each: each[1] + _plain_type(each[2], dialect), text[end + 1 :], count=1)
    body = _BODY.search(rest, rest.lower().find("returns") + 7 if routine["kind"].lower() == "function" else 0)
    at = body.start() if body else 0
    head = _USUAL.sub(" ", rest[:at])
    return f"CREATE {routine['kind']} {routine['name']} ({parameters}) {head}{rest[at:]}"


def on_even_terms(one: str, two: str) -> tuple[str, str]:
    """Return two events without the moment that the server started one of them, where the other does not say any."""
    if _EVENT.match(one) and _EVENT.match(two) and bool(_STARTS.search(one)) != bool(_STARTS.search(two)):
        return _STARTS.sub("", one, count=1), _STARTS.sub("", two, count=1)
    return one, two


def event_name(text: str) -> str:
    """Return the name of the event that a statement creates, as written; empty where it creates none."""
    found = _EVENT.match(_DEFINER.sub("", text, count=1))
    return found["name"] if found else ""


def _parameter(text: str, dialect: str) -> str:
    found = _PARAMETER.match(_COMMENT.sub(" ", text))
    if found is None:
        return text.strip()
    way = (found[1] or "").strip().lower()
    return f"{'' if way == 'in' else way} {found[2]} {_plain_type(found[3], dialect)}"


def _plain_type(text: str, dialect: str) -> str:
    return type_form(without_charset(" ".join(text.split())), dialect)


def _closing(text: str, opening: int) -> int:
    """Return where a parenthesis closes, -1 where it does not."""
    depth = 0
    for found in _PIECE.finditer(text, opening):
        depth += (found[0] == "(") - (found[0] == ")")
        if depth == 0:
            return found.start()
    return -1


def _split(text: str) -> list[str]:
    """Return parameters, parted at the commas outside of parentheses."""
    found, depth, at = [], 0, 0
    for piece in _PIECE.finditer(text):
        depth += (piece[0] == "(") - (piece[0] == ")")
        if piece[0] == "," and depth == 0:
            found.append(text[at : piece.start()])
            at = piece.end()
    return [*found, text[at:]] if text[at:].strip() or found else []
