"""The page about the rules, written from the rules: `python -m designer.lint.handbook > docs/lint.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from designer.lint.contract import Example, Rule
from designer.lint.registry import all_rules
from designer.rulebook import heading, table

_GROUPS = {
    "1": "Tables",
    "2": "Foreign keys",
    "3": "Indexes",
    "4": "Names",
    "5": "Types",
    "6": "Entities",
    "7": "Deliberate deviations",
}
_HEAD = """\
# Findings

`wholekey lint SRC` and the palette of the canvas (`!`) find these. An **error** is what a database refuses, at once or
when rows come; a **warning** works and hurts later; an **info** asks whether that is meant.

```
wholekey lint schema.sql                                  FILE:LINE: severity CODE: message (where)
wholekey lint shop.wholekey.json --to sarif -o lint.sarif for code hosts
wholekey lint schema.sql --fail-on warning --skip WK502   exit 1 where something is as bad as that
wholekey lint --explain WK205
```

Exit 0: nothing as bad as `--fail-on` (`error` without it); 1: something is; 2: the source cannot be read.

To add a rule: one file in `designer/lint/rules/` with its reason, a firing and a silent example, one line in
`designer/lint/registry.py`, and `python -m designer.lint.handbook > docs/lint.md`.
"""


def page() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *table(all_rules()), *(part for rule in all_rules() for part in _section(rule))]) + "\n"


def _section(rule: Rule) -> Iterator[str]:
    yield from heading(rule, all_rules(), _GROUPS)
    yield f"{rule.title}. **{rule.severity.capitalize()}**, {_scope(rule)}.\n"
    yield f"{rule.help}\n"
    yield f"Found in:\n\n{_example(rule.firing)}\n"
    yield f"Not found in:\n\n{_example(rule.silent)}"


def _scope(rule: Rule) -> str:
    return f"in {', '.join(rule.targets)}" if rule.targets else f"in {' and '.join(rule.levels)} models"


def _example(example: Example) -> str:
    return f"> {example.text}" if example.records else f"```sql\n{example.text}\n```"


if __name__ == "__main__":
    sys.stdout.write(page())
