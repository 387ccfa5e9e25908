"""The page about the hazards, written from the rules.

`python -m designer.evolution.hazards.handbook > docs/hazards.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from designer.evolution.hazards.contract import Pair, Rule
from designer.evolution.hazards.peers import NOT_OURS
from designer.evolution.hazards.registry import all_rules
from designer.rulebook import heading, table

_GROUPS = {
    "1": "Rows that are lost",
    "2": "Locks and time",
    "3": "What may fail on rows that are there",
    "4": "Programs that run meanwhile",
    "5": "Practice",
}
_HEAD = """\
# Hazards

Each step of a migration says what it locks, whether it reads or writes every row, and which of these hazards it has. A
**danger** loses rows, stops the migration or keeps everybody waiting; a **warning** keeps some waiting, or may fail; an
**info** asks. Where rows can make a step fail, the hazard has the query that finds them.

```
wholekey diff old.sql new.sql --dialect postgresql --to markdown    a table of steps and hazards for a pull request
wholekey diff old.sql new.sql --dialect postgresql --to json        the same for machines
wholekey diff old.sql new.sql --rows orders=40M                     "writes its 40 M rows anew"
wholekey diff old.sql new.sql --strategy online                     the same migration with most of them avoided
```

A table that the migration itself makes is empty and nobody waits for it, so it has no hazards of locks or rows.

To add a rule: one file in `designer/evolution/hazards/rules/` with its reason, a firing and a silent pair of schemas,
one line in `designer/evolution/hazards/registry.py`, and
`python -m designer.evolution.hazards.handbook > docs/hazards.md`.
"""


def page() -> str:
    """Return the page."""
    parts = [_HEAD, *table(all_rules()), *(part for rule in all_rules() for part in _section(rule)), *_peers()]
    return "\n".join(parts) + "\n"


def _section(rule: Rule) -> Iterator[str]:
    yield from heading(rule, all_rules(), _GROUPS)
    where = f", in {', '.join(rule.targets)}" if rule.targets else ""
    yield f"{rule.title}. **{rule.severity.capitalize()}**{where}.\n"
    yield f"{rule.help}\n"
    if rule.peers:
        yield f"Known elsewhere as: {'; '.join(rule.peers)}.\n"
    yield f"Found in:\n\n{_example(rule.firing)}\n"
    yield f"Not found in:\n\n{_example(rule.silent)}"


def _example(pair: Pair) -> str:
    renames = "".join(f"-- renamed: {old} to {new}\n" for old, new in pair.renames)
    return f"```sql\n-- before\n{pair.old}\n-- after\n{pair.new}\n{renames}```"


def _peers() -> Iterator[str]:
    """The checks of other tools that ask about hand-written scripts, and where each of them stands here."""
    yield "\n## Checks of other tools that have no rule here\n"
    yield (
        "These ask about scripts that people write by hand. What Wholekey writes cannot have the fault, or says it"
        " elsewhere.\n"
    )
    yield "| check | why not |\n|---|---|"
    for check, why in NOT_OURS.items():
        yield f"| {check} | {why} |"


if __name__ == "__main__":
    sys.stdout.write(page())
