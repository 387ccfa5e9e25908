"""The two sides of a diff: what they are read from, in which dialect, and whether a server wrote them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from designer.cli import live
from designer.cli.export import model_named
from designer.cli.problems import Problem
from designer.cli.sources import NothingThere, read, tell_failures
from designer.evolution.migrating import MOVERS
from designer.importers.live.registry import dialect_of
from designer.importers.live.urls import shown
from designer.schema import Design, Id, Model, first_physical

_HEAD = 4_000
_DUMPED = re.compile(
    rb"^-- (?:PostgreSQL database (?:cluster )?dump|MySQL dump |MariaDB dump )|^/\*M?!\d{5,6}|^-- pgAdmin|^-- Dump of"
    rb"|^SELECT pg_catalog\.set_config\('search_path', '', false\);|^-- Name: .+; Type: [A-Z ]+; Schema: ",
    re.MULTILINE,
)
"""What the programs that dump schemas write at the top; frameworks cut off the first lines."""
_FAMILIES = ({"mysql", "mariadb"},)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides as read."""

    old: Design
    new: Design
    dialect: str
    models: tuple[Id | None, Id | None]
    printed: tuple[bool, bool]


def read_sides(options: argparse.Namespace) -> Sides:
    """Read OLD and NEW. Raises Problem where that is not possible, or where they are of different databases."""
    if options.old == options.new == "-":
        raise Problem("standard input can only be one of the two sides")
    sources = (options.old, options.new)
    spoken = options.dialect or _spoken(sources)
    designs = [_read(source, spoken or "auto", options) for source in sources]
    models = [_model(design, options.model, source) for design, source in zip(designs, sources, strict=True)]
    dialect = options.dialect or _common(models, options)
    printed = is_printed(options.old), is_printed(options.new)
    return Sides(designs[0], designs[1], dialect, (models[0].id, models[1].id), printed)


def _spoken(sources: Sequence[str]) -> str:
    """Return the dialect of the live database that is one of the sources; a script beside it is of the same."""
    urls = [live.url_of(source) for source in sources if source != "-"]
    return next((dialect for url in urls if url and (dialect := dialect_of(url))), "")


def _read(source: str, dialect: str, options: argparse.Namespace) -> Design:
    """Return the design of a side. An empty database or file is a side like any other: one begins or ends there."""
    if _is_blank(source):
        return _nothing(dialect)
    try:
        result = read([source], dialect, wanted=live.wanted_of(options))
    except NothingThere:
        return _nothing(dialect)
    tell_failures(source, result)
    return result.design


def _is_blank(source: str) -> bool:
    """Say whether a file holds nothing, or comments that begin with two dashes and nothing else."""
    try:
        if source == "-" or not Path(source).is_file():
            return False
        lines = Path(source).read_bytes().splitlines()
        return all(not line.strip() or line.lstrip().startswith(b"--") for line in lines)
    except OSError:  # whoever reads the file says what is wrong with it
        return False


def _nothing(dialect: str) -> Design:
    return Design([Model(id="nothing", name="nothing", target="" if dialect == "auto" else dialect)])


def _model(design: Design, name: str | None, source: str) -> Model:
    several = len(design.of(Model)) > 1
    chosen = design[model_named(design, name) or ""] if name and several else first_physical(design)
    if not isinstance(chosen, Model) or chosen.level != "physical":
        raise Problem("there is no physical model in it; derive one, or name another one with --model", shown(source))
    return chosen


def _common(models: Sequence[Model], options: argparse.Namespace) -> str:
    """Return the dialect of both sides. A side that holds nothing speaks any."""
    known = [model.target for model in models if model.target] or ["postgresql"]
    said = [model.target or known[0] for model in models]
    dialect = said[1] if said[1] in MOVERS else said[0]
    if said[0] != said[1] and not any(set(said) <= family for family in _FAMILIES):
        raise Problem(
            f"{shown(options.old)} is of {said[0]} and {shown(options.new)} of {said[1]}; name one with --dialect, or "
            f"write one of them for the other first: wholekey export --to ddl --dialect {said[0]}"
        )
    if dialect not in MOVERS:
        raise Problem(f"there are no migrations for {dialect}; choose one of: {', '.join(MOVERS)}")
    return dialect


def is_printed(source: str) -> bool:
    """Say whether a server wrote what is read: a live database, or the dump of one."""
    if source == "-":
        return False
    if live.url_of(source) is not None:
        return True
    try:
        with Path(source).open("rb") as file:
            return _DUMPED.search(file.read(_HEAD)) is not None
    except OSError:
        return False
