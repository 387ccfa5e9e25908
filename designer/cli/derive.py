"""Derive a logical or physical model from the one above it, or bring one derived before into step with it."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from designer.change import apply
from designer.cli import derive_questions, live
from designer.cli.derive_choices import choices_in, options_in, settled
from designer.cli.derive_models import Wish, derivation_meant, source_meant
from designer.cli.export import export
from designer.cli.live import SOURCE_HELP
from designer.cli.output import write_result
from designer.cli.problems import Problem, on_one_line
from designer.cli.sources import read, tell_failures
from designer.commands.contract import Edit, Refused
from designer.dialects import registry
from designer.dialects.registry import DIALECTS
from designer.importers.live.urls import shown
from designer.levels.choices import questions
from designer.levels.contract import LOGICAL, PHYSICAL, Note, Question, Settings
from designer.levels.keeping.baseline import settings_of
from designer.levels.keeping.deriving import derive, result_of
from designer.levels.keeping.describing import question
from designer.levels.keeping.propagating import in_step, propose
from designer.levels.keeping.setting import prepared, set_up
from designer.levels.options import OPTIONS
from designer.schema import Derivation, Design, Id, IdSource, Model, codec, seeded_ids
from exporters.contract import Options
from exporters.ddl.notes import folded

HELP = "derive the logical or a physical model from the one above, or bring it into step"
_TO = ("design", "ddl", "text", "json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _options_help()
    parser.add_argument("source", metavar="SRC", help=f"a design with a conceptual or logical model: {SOURCE_HELP}")
    parser.add_argument("--level", required=True, choices=[LOGICAL, PHYSICAL], help="the level to derive")
    parser.add_argument("--dialect", choices=list(DIALECTS), help="database of a physical model; postgresql without it")
    parser.add_argument("--target-version", default="", metavar="V", help="version of the database")
    parser.add_argument(
        "--from", dest="upper", metavar="MODEL", help="the model to derive from; the closest above without it"
    )
    parser.add_argument("--name", default="", metavar="N", help="name of the model, new or derived before")
    parser.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="a setting, as listed below; repeatable"
    )
    parser.add_argument(
        "--choose", action="append", default=[], metavar="ELEMENT:TOPIC=VALUE",
        help="how one element is derived, as --questions lists it: Person:subtypes=single; repeatable",
    )  # fmt: skip
    again = parser.add_mutually_exclusive_group()
    again.add_argument(
        "--again", action="store_true", help="bring the model that was derived before into step; fails without one"
    )
    again.add_argument("--new", action="store_true", help="make another model, though one was derived before")
    again.add_argument("--questions", action="store_true", help="list what may be chosen, and derive nothing")
    parser.add_argument(
        "--to", choices=_TO, help="design or ddl; text or json of --questions; by the name of -o without it"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit 1 where the level below cannot keep something, or people decided otherwise",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="design file, or .sql for the DDL alone; standard output without it"
    )
    live.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Derive; the design or the DDL goes to standard output, notes to stderr, and with --strict they are findings."""
    _check(options)
    result = read([options.source], "auto", wanted=live.wanted_of(options))
    tell_failures(options.source, result)
    design = result.design
    wish = Wish(options.level, _dialect(options), options.upper, options.name)
    source = source_meant(design, wish, shown(options.source))
    settings = Settings(options_in(options.option), choices_in(design, source, options.choose))
    known = derivation_meant(design, source, wish, again=options.again, new=options.new)
    try:
        settings = settled(design, _asked(design, source, wish, settings, known), settings)
        if options.questions:
            return _tell(design, _asked(design, source, wish, settings, known), options)
        return _write(*_derived(design, source, wish, settings, known, options), options)
    except Refused as refused:
        raise Problem(refused.message, shown(options.source)) from None


def _asked(
    design: Design, source: Model, wish: Wish, settings: Settings, known: Derivation | None
) -> tuple[Question, ...]:
    """Return the questions with what was chosen put in: when the model was derived before, and now."""
    before = settings_of(design, known) if known is not None else Settings()
    both = Settings({**before.options, **settings.options}, {**before.choices, **settings.choices})
    return questions(design, source.id, wish.level, registry.get(wish.target) if wish.target else None, both)


def _check(options: argparse.Namespace) -> None:
    if options.level == LOGICAL and (options.dialect or options.target_version):
        raise Problem("a logical model is of no database; leave out --dialect and --target-version")
    if options.questions and options.to in ("design", "ddl"):
        raise Problem("questions are listed as text or json")
    if not options.questions and options.to in ("text", "json"):
        raise Problem(f"--to {options.to} goes with --questions; a model is written as design or ddl")
    if options.level == LOGICAL and _is_ddl(options):
        raise Problem("DDL is written from tables; derive the physical level, or write the design")


def _dialect(options: argparse.Namespace) -> str:
    return "" if options.level == LOGICAL else options.dialect or "postgresql"


def _is_ddl(options: argparse.Namespace) -> bool:
    by_name = bool(options.output) and Path(options.output).suffix.lower() == ".sql"
    return options.to == "ddl" or (options.to is None and by_name)


def _derived(
    design: Design,
    source: Model,
    wish: Wish,
    settings: Settings,
    known: Derivation | None,
    options: argparse.Namespace,
) -> tuple[Design, Id, list[str]]:
    """Return the design with the model, the id of the model, and what is to be told."""
    ids = _ids(design, options)
    if known is None:
        made = derive(
            design, source.id, ids, level=wish.level, target=wish.target, version=options.target_version,
            name=wish.name, settings=settings,
        )  # fmt: skip
        model, told = made.made[0], list[str]()
    else:
        made, told = _again(design, known, settings, ids)
        model = known.parent or ""
    after = apply(design, made.change)
    return after, model, [*told, *_behind(design, source), *_notes(after, model, made)]


def _again(design: Design, known: Derivation, settings: Settings, ids: IdSource) -> tuple[Edit, list[str]]:
    """Return the edit that brings a model into step, and where people below have decided otherwise."""
    ready = prepared(design, known.id, options=settings.options, choices=settings.choices)
    found = propose(ready, known.id)
    kept = [f"{question(found, each)}; what is here stays" for each in found.merged.conflicts]
    return set_up(design, known.id, ids, options=settings.options, choices=settings.choices), kept


def _behind(design: Design, source: Model) -> list[str]:
    """Say whether the source is itself behind the model it is derived from."""
    own = next(iter(design.of(Derivation, source.id)), None)
    if own is None or own.source not in design or in_step(design, own.id):
        return []
    return [f"{source.name or source.level} is not in step with its own source; derive that level again first"]


def _notes(design: Design, model: Id, made: Edit) -> list[str]:
    derivation = next(iter(design.of(Derivation, model)), None)
    notes: Iterable[Note] = result_of(design, derivation).notes if derivation is not None else ()
    return [*dict.fromkeys(note.text for note in notes), *(note.message for note in made.notes)]


def _ids(design: Design, options: argparse.Namespace) -> IdSource:
    """Return ids that follow from the design and what is asked, so that a pipeline gives the same file again."""
    asked = [options.level, _dialect(options), options.name, *options.option, *options.choose]
    digest = hashlib.sha256(codec.encode(design))
    digest.update("\x1f".join(asked).encode("utf-8", "surrogatepass"))
    return seeded_ids(digest.digest())


def _write(design: Design, model: Id, told: list[str], options: argparse.Namespace) -> int:
    lines = list(told)
    if _is_ddl(options):
        made = export(design, "ddl", Options(model=model), options.source)
        write_result(made.files, options.output)
        lines += [note.message for note in folded(made.notes)]
    else:
        write_result({"design": codec.encode(design)}, options.output)
    for line in lines:
        print(f"note: {on_one_line(' '.join(line.split()))}", file=sys.stderr)
    return 1 if options.strict and lines else 0


def _tell(design: Design, asked: Sequence[Question], options: argparse.Namespace) -> int:
    as_json = options.to == "json" or (options.to is None and str(options.output or "").endswith(".json"))
    written = derive_questions.as_json(design, asked) if as_json else derive_questions.as_text(design, asked)
    write_result({"questions": written}, options.output)
    return 0


def _options_help() -> str:
    lines = ["options (--option NAME=VALUE; the first value or the one given here is the default):"]
    for each in OPTIONS:
        values = ", ".join(word for word, _ in each.values) or "text"
        default = f" [{each.default}]" if each.default else ""
        lines.append(f"  {each.name + default:<26} {each.help} {values}.")
    return "\n".join(lines).replace("%", "%%")
