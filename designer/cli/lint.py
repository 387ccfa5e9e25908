"""Find what a database will refuse, what will hurt later, and what is worth a second look."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from designer.cli import live
from designer.cli.export import model_named
from designer.cli.lint_places import Places
from designer.cli.lint_sarif import sarif
from designer.cli.live import SOURCE_HELP
from designer.cli.output import write_result
from designer.cli.problems import Problem, on_one_line, place
from designer.cli.sources import read
from designer.dialects.registry import DIALECTS
from designer.importers.live.urls import shown
from designer.lint import SEVERITIES, Example, Finding, Rule, findings
from designer.lint.paths import path_of
from designer.lint.registry import RULES, all_rules, get
from designer.schema import Design, kind_of

HELP = "find what a database refuses and what hurts later in a design or a schema"
_NEVER = "never"
Located = tuple[Finding, str, int]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", nargs="?", metavar="SRC", help=SOURCE_HELP)
    parser.add_argument("--dialect", default="auto", choices=["auto", *DIALECTS], help="dialect of SQL text")
    parser.add_argument("--model", metavar="NAME", help="look at one model only; all of them without it")
    parser.add_argument("--to", default="text", choices=["text", "json", "sarif"], help="how to write what was found")
    parser.add_argument(
        "--fail-on", default="error", choices=[*SEVERITIES[:2], _NEVER], help="exit 1 where something is as bad as that"
    )
    parser.add_argument("--skip", action="append", default=[], metavar="CODE", help="leave out a rule; repeatable")
    parser.add_argument("--explain", metavar="CODE", help="say what a rule is about, with examples; needs no SRC")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output without it")
    live.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Lint; findings go to standard output, their number to stderr."""
    if options.explain:
        write_result({"rule.txt": explained(_rule(options.explain))}, options.output)
        return 0
    if options.source is None:
        raise Problem("name the design or SQL file to look at, or --explain CODE")
    skipped = {_rule(code).code for code in options.skip}
    result = read([options.source], options.dialect, wanted=live.wanted_of(options))
    used = [rule for rule in all_rules() if rule.code not in skipped]
    found = findings(result.design, model_named(result.design, options.model), rules=used)
    places = Places(options.source, result)
    located = [(each, path_of(result.design, each.about), places.line(each.about)) for each in found]
    write_result({"findings": _written(options.to, shown(options.source), result.design, located)}, options.output)
    print(_counts(found), file=sys.stderr)
    return 1 if _fails(found, options.fail_on) else 0


def _rule(code: str) -> Rule:
    try:
        return get(code)
    except KeyError:
        raise Problem(f"there is no rule {code}; the rules are {', '.join(RULES)}") from None


def _fails(found: Iterable[Finding], fail_on: str) -> bool:
    if fail_on == _NEVER:
        return False
    bad = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(each.severity in bad for each in found)


def _counts(found: Sequence[Finding]) -> str:
    counted = Counter(each.severity for each in found)
    words = [f"{counted[each]} {each}{'s' if counted[each] != 1 else ''}" for each in SEVERITIES if counted[each]]
    return ", ".join(words) or "nothing found"


def _written(to: str, source: str, design: Design, located: Sequence[Located]) -> str:
    if to == "text":
        return "".join(f"{_line(source, *each)}\n" for each in located)
    data = sarif(source, located) if to == "sarif" else _as_json(source, design, located)
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _line(source: str, finding: Finding, path: str, line: int) -> str:
    where = place("<stdin>" if source == "-" else source, line, 0)
    return on_one_line(f"{where}: {finding.severity} {finding.code}: {finding.message} ({path})")


def _as_json(source: str, design: Design, located: Sequence[Located]) -> dict[str, object]:
    counted = Counter(each.severity for each, _, _ in located)
    listed = [
        {
            "code": each.code, "name": get(each.code).name, "severity": each.severity, "message": each.message,
            "path": path, "line": line or None, "kind": kind_of(design[each.about]), "about": each.about,
            "related": list(each.related), "fix": each.fix.label if each.fix else None,
        }
        for each, path, line in located
    ]  # fmt: skip
    return {"source": source, "counts": {each: counted[each] for each in SEVERITIES}, "findings": listed}


def explained(rule: Rule) -> str:
    """Return what there is to know about a rule, as text for a terminal."""
    about = ", ".join(rule.targets) or ", ".join(rule.levels)
    head = f"{rule.code} {rule.name} ({rule.severity}; {about})\n{rule.title}.\n\n{rule.help}\n"
    return f"{head}\nFound in:\n{_shown(rule.firing)}\nNot found in:\n{_shown(rule.silent)}"


def _shown(example: Example) -> str:
    return "".join(f"    {line}\n" for line in example.text.split("\n"))
