"""Questions on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from designer.cli.problems import Problem, on_one_line
from designer.evolution.contract import Rename

_HELP = "y: yes, n: no, a: yes to this and all that follow, q: no to this and all that follow"


def answered(candidates: Iterable[Rename], ask: Callable[[str], str] | None = None) -> tuple[list[Rename], bool]:
    """Ask about each candidate; return those that are one object under two names, and whether no more is to be asked.

    What was said yes to answers other questions about the same objects. Raises Problem where nobody can be asked.
    """
    if ask is None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise Problem("--interactive needs a terminal; answer with --rename OLD=NEW instead")
        ask = _asked
    accepted: list[Rename] = []
    every = False
    for each in candidates:
        if any(each.old == other.old or each.new == other.new for other in accepted) and each.kind != "enum value":
            continue
        said = "y" if every else _answer(each, ask)
        if said == "q":
            return accepted, True
        every = every or said == "a"
        if said in ("y", "a"):
            accepted.append(each)
    return accepted, False


def _answer(rename: Rename, ask: Callable[[str], str]) -> str:
    why = f"; {rename.why}" if rename.why else ""
    pair = f"{rename.kind} {rename.old_label} -> {rename.new_label}"
    question = f"{pair} ({rename.likeness:.0%} alike{why}). Renamed? [y/n/a/q] "
    while True:
        said = ask(question).strip().lower()[:1]
        if said in ("y", "n", "a", "q"):
            return said
        print(_HELP, file=sys.stderr)


def _asked(question: str) -> str:
    print(on_one_line(question), end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    return line or "q"
