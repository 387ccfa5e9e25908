"""WM417: a view no longer gives a column under its name."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    for view, changes in setting.views.at(step):
        said = " and ".join(_said(one, two) for one, two in changes)
        names = " or ".join(one for one, _ in changes)
        yield Found(f"the view {view.name} {said}: programs that ask it for {names} fail")


def _said(old: str, new: str) -> str:
    return f"gives {new} in place of {old}" if new else f"no longer gives {old}"


RULE = Rule(
    code="WM417",
    name="view-column-gone",
    title="A view no longer gives a column by its name",
    severity=WARNING,
    help=(
        "A column of a view without an alias is called as the column that it reads, so renaming that renames it in "
        "all views over it, and programs that read the view fail. Where they should not notice, say the old name in "
        "the view: `SELECT email AS mail`."
    ),
    firing=Pair(
        "CREATE TABLE t (id int, mail text); CREATE VIEW v AS SELECT id, mail FROM t;",
        "CREATE TABLE t (id int, email text); CREATE VIEW v AS SELECT id, email FROM t;",
        "postgresql",
        (("t.mail", "email"),),
    ),
    silent=Pair(
        "CREATE TABLE t (id int, mail text); CREATE VIEW v AS SELECT id, mail FROM t;",
        "CREATE TABLE t (id int, email text); CREATE VIEW v AS SELECT id, email AS mail FROM t;",
        "postgresql",
        (("t.mail", "email"),),
    ),
    check=_check,
    peers=("squawk renaming-column",),
    breaks_clients=True,
)
