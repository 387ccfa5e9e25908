"""Tell the keys, the normal form and better forms of relations, of a schema's tables or of a design, with proofs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence

from designer.cli import live
from designer.cli.export import model_named
from designer.cli.normalize_design import entries_of
from designer.cli.normalize_input import Given, entry_of, holds_relations, relations_in
from designer.cli.output import write_result
from designer.cli.problems import Problem, place
from designer.cli.sources import read, tell_failures, text_of
from designer.dialects.registry import DIALECTS
from designer.importers.live.urls import shown
from designer.importers.many import Source
from designer.normalization.report import data, html, markdown, text
from designer.normalization.report.entry import Entry
from designer.normalization.report.story import story

HELP = "tell keys, normal forms and decompositions of relations, tables and entities"
FORMS = ("2NF", "3NF", "EKNF", "BCNF", "4NF", "5NF")
_NEVER = "never"
_WIDTH = 120


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "source",
        metavar="FILE|SRC",
        help="relations as JSON or typed (orders(a, b, c): a -> b; b ->> c); or a " + live.SOURCE_HELP,
    )
    parser.add_argument(
        "--to", default="text", choices=["text", "json", "markdown", "html"], help="how to write what was found"
    )
    parser.add_argument("--proofs", action="store_true", help="prove every answer, step by step")
    parser.add_argument(
        "--fail-on", default=_NEVER, choices=[*FORMS, _NEVER], help="exit 1 where a relation is not in that form"
    )
    parser.add_argument("--dialect", default="auto", choices=["auto", *DIALECTS], help="dialect of SQL text")
    parser.add_argument("--model", metavar="NAME", help="look at one model of a design only; all of them without it")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output without it")
    live.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Analyse; answers go to standard output, what is wrong with a relation also to stderr."""
    entries = _entries(options)
    write_result({"normal forms": _written(options.to, entries, options.proofs)}, options.output)
    if any(each.error for each in entries):
        return 2
    return 1 if options.fail_on != _NEVER and any(_fails(each, options.fail_on) for each in entries) else 0


def _entries(options: argparse.Namespace) -> list[Entry]:
    source: str | Source = options.source
    if options.source == "-" or live.url_of(options.source) is None:
        source = text_of(options.source)
        if holds_relations(source):
            return _of_relations(source)
    result = read([source], options.dialect, wanted=live.wanted_of(options))
    tell_failures(options.source, result)
    entries = list(entries_of(result.design, model_named(result.design, options.model)))
    if not entries:
        raise Problem("there is no table and no entity in it", shown(options.source))
    return entries


def _of_relations(source: Source) -> list[Entry]:
    found = relations_in(source)
    for number, each in enumerate(found, 1):
        _tell(source.name, number, each)
    return [entry_of(each) for each in found]


def _tell(file: str, number: int, given: Given) -> None:
    """Say on stderr what is wrong with a relation, and what of it was not read."""
    label = f"relation {number}"
    label += f" ({given.name})" if given.name not in ("", label) else ""
    for message in (given.error, *given.notes):
        if message:
            line = f"{place(file, given.line, given.column)}: {label}: {message}"
            print("".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in line), file=sys.stderr)


def _fails(entry: Entry, form: str) -> bool:
    if entry.analysis is None or (entry.settled and not entry.open):
        return False
    return not entry.analysis.reaches(form)


def _written(to: str, entries: Sequence[Entry], proofs: bool) -> str:
    if to == "json":
        return _json({"relations": [data.of_entry(each, proofs=proofs) for each in entries]})
    writers: dict[str, Callable[..., str]] = {"text": text.written, "markdown": markdown.written, "html": html.written}
    return writers[to](story(entries, proofs=proofs))


def _json(answer: dict[str, object]) -> str:
    """Return JSON with what is short on one line; names that are no text in UTF-8 (lone surrogates) are escaped."""
    written = _laid_out(answer, 0, json.JSONEncoder(ensure_ascii=False).encode)
    try:
        written.encode()
    except UnicodeEncodeError:
        written = _laid_out(answer, 0, json.JSONEncoder().encode)
    return written + "\n"


def _laid_out(value: object, depth: int, encode: Callable[[object], str]) -> str:
    """Return JSON, broken into lines wherever a list or an object of others is too long for one."""
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {_laid_out(each, depth + 1, encode)}" for key, each in value.items()]
        opening, closing = "{", "}"
    elif isinstance(value, list) and value and isinstance(value[0], (dict, list)):
        parts = [_laid_out(each, depth + 1, encode) for each in value]
        opening, closing = "[", "]"
    else:
        return encode(value)
    if depth + sum(map(len, parts)) + 2 * len(parts) <= _WIDTH and not any("\n" in part for part in parts):
        return f"{opening}{', '.join(parts)}{closing}"
    inner = "\n" + " " * (depth + 1)
    return f"{opening}{inner}{f',{inner}'.join(parts)}{inner[:-1]}{closing}"
