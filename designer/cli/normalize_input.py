"""Reading relations: JSON as documented, or the typed form `orders(a, b, c): a -> b; b ->> c`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from designer.cli.problems import Problem
from designer.importers.many import Source
from designer.importers.registry import format_of
from designer.normalization.analysis import analyse, judged
from designer.normalization.codec import relation_of, schemas_of
from designer.normalization.codec_text import parsed_each
from designer.normalization.codec_tokens import TypedProblem
from designer.normalization.contract import BadRelation, Relation
from designer.normalization.report.entry import Entry

MOST_TEXT = 50_000_000  # characters
_FIELDS = ("name", "attributes", "fds", "mvds", "jds", "decomposition")
_SHAPE = '{"relations": [{"name": "r", "attributes": ["A", "B"], "fds": [[["A"], ["B"]]]}]}'
_ARROW = re.compile(r"->|→|↠|↔|⇒|=>|[–—−]>|[*⋈]\s*[({]")
_BRACED = re.compile(r"\{[^{}:]*\}\s*(?:[-–—−=]+>|→|↠|↔|⇒)")
"""A typed dependency whose left side stands in braces: {} -> A."""
_SQL = re.compile(
    r"\b(?:create|alter|drop|insert|select|begin|set|comment\s+on|grant|use|pragma)\b[^>]*?[;(]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Given:
    """A relation as it was given: with its schemas where a decomposition stands beside it, or with what is wrong."""

    name: str
    relation: Relation | None = None
    schemas: tuple[int, ...] | None = None
    error: str = ""
    line: int = 0
    column: int = 0
    notes: tuple[str, ...] = ()


def holds_relations(source: Source) -> bool:
    """Return whether a text is about relations, not a design or a schema: by its content, as pipes have no names."""
    text = source.text.lstrip("\ufeff \t\r\n")
    if _BRACED.match(text):
        return True
    if text.startswith(("{", "[")):
        return '"wholekey"' not in text[:2_000] or '"relations"' in text[:2_000]
    if source.name.lower().endswith((".txt", ".fd", ".fds")):
        return not _SQL.search(text[:20_000]) or bool(_ARROW.search(text[:200]))
    looks = format_of("" if source.name == "<stdin>" else source.name, source.text)
    return looks == "sql" and not source.name.lower().endswith((".sql", ".ddl")) and _typed(text)


def _typed(text: str) -> bool:
    return bool(_ARROW.search(text[:20_000])) and not _SQL.search(text[:20_000])


def relations_in(source: Source) -> list[Given]:
    """Return the relations of a text, each with what is wrong with it. Raises Problem where there are none."""
    if len(source.text) > MOST_TEXT:
        raise Problem(f"the file has {len(source.text):,} characters; {MOST_TEXT:,} are read; split it", source.name)
    text = source.text.removeprefix("\ufeff")
    if text.lstrip().startswith(("{", "[")) and not _BRACED.match(text.lstrip()):
        return [_given(each, number) for number, each in enumerate(_listed(source.name, text), 1)]
    if not _ARROW.search(text) and "(" not in text:
        raise Problem("no relation is written here; write dependencies such as A, B -> C", source.name, 1, 1)
    try:
        return [_of_typed(each, number) for number, each in enumerate(parsed_each(text), 1)]
    except TypedProblem as problem:
        raise Problem(problem.message, source.name, problem.line, problem.column) from None
    except BadRelation as problem:
        raise Problem(str(problem), source.name) from None


def _of_typed(found: Relation | BadRelation, number: int) -> Given:
    if isinstance(found, Relation):
        return Given(found.name, found)
    if isinstance(found, TypedProblem):
        name = found.relation or f"relation {number}"
        return Given(name, error=found.message, line=found.line, column=found.column)
    return Given(f"relation {number}", error=str(found))


def _listed(name: str, text: str) -> Sequence[Any]:
    data = _decoded(name, text)
    if not isinstance(data, dict) or "relations" not in data:
        raise Problem(f'there are no "relations" in it; write {_SHAPE}', name)
    relations = data["relations"]
    if not isinstance(relations, list):
        raise Problem(f'"relations" is not a list; write {_SHAPE}', name)
    return relations


def _decoded(name: str, text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        raise Problem(f"this is not JSON: {error.msg}", name, error.lineno, error.colno) from None
    except RecursionError:
        raise Problem(f"lists are nested too deeply; write {_SHAPE}", name) from None
    except ValueError as error:
        raise Problem(f"this cannot be read: {error}", name) from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an object has {json.dumps(twice)} twice, so one of them would be lost")
    return found


def _given(data: object, number: int) -> Given:
    """Return one relation of a file."""
    if not isinstance(data, dict):
        return Given(f"relation {number}", error=f"a relation is an object with attributes, not {_short(data)}")
    name = data.get("name", f"relation {number}")
    shown = name if isinstance(name, str) else f"relation {number}"
    notes = tuple(_strangers(data))
    try:
        relation = relation_of(
            shown, _list(data, "attributes"), *(_list(data, each) for each in ("fds", "mvds", "jds"))
        )
        if not isinstance(name, str):
            raise BadRelation(f"the name of a relation is a text, not {_short(name)}")
        schemas = schemas_of(relation, _list(data, "decomposition")) if data.get("decomposition") is not None else None
    except BadRelation as problem:
        return Given(shown, error=str(problem), notes=notes)
    return Given(shown, relation, schemas, notes=notes)


def _list(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    if value is None and name != "attributes":
        return []
    if value is None:
        raise BadRelation("attributes are missing")
    if not isinstance(value, list):
        raise BadRelation(f"{name} is a list, not {_short(value)}")
    return value


def _strangers(data: dict[str, Any]) -> Iterator[str]:
    """Yield a note for each field that is not read and looks like one that is."""
    for name in data:
        close = get_close_matches(name.lower(), _FIELDS, 1, 0.6) if name not in _FIELDS and len(name) < 40 else []
        if close:
            yield f"{json.dumps(name)} is not read; did you mean {json.dumps(close[0])}?"


def _short(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else text[:59] + "…"


def entry_of(given: Given) -> Entry:
    """Return a relation as a report has it, analysed."""
    if given.relation is None:
        return Entry(given.name, error=given.error)
    cut = judged(given.relation, given.schemas) if given.schemas is not None else None
    return Entry(given.name, analyse(given.relation), cut)
