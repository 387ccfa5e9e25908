"""WM507: a name is longer than the server keeps."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Named


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    record = step.new
    if isinstance(record, Named) and setting.dialect.too_long(record.name) and step.operation != "comment":
        yield Found(f"the name {record.name} is longer than {setting.dialect.title} keeps")


RULE = Rule(
    code="WM507",
    name="long-name",
    title="A name is longer than the server keeps",
    severity=WARNING,
    help=(
        "PostgreSQL cuts names at 63 bytes without an error, so that two of them can become one; MySQL "
        "refuses them at 64 characters."
    ),
    firing=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12345 int);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, aaaaaaaaaabbbbbbbbbbcccccccccc int);",
    ),
    check=_check,
    peers=("squawk identifier-too-long",),
)
