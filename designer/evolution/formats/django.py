"""Django: a migration that runs the statements, and tells Django's state what they mean for the models."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.django_state import state_operations
from designer.evolution.formats.python_text import INDENT, literal
from designer.evolution.formats.scripts import groups, is_one_transaction


class Django:
    """Django."""

    name = "django"
    title = "Django"
    text = "a migration with RunSQL and state operations, both ways"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the migration; its models are called as their tables, without the app in front."""
        atomic = is_one_transaction(up) and is_one_transaction(down)
        lines = [
            "from django.db import migrations, models",
            "",
            "",
            "class Migration(migrations.Migration):",
            *([] if atomic else [f"{INDENT}atomic = False"]),
            f"{INDENT}dependencies = [{f'({meta.app!r}, {meta.parent!r})' if meta.parent else ''}]",
            "",
            f"{INDENT}operations = [",
            f"{INDENT * 2}migrations.RunSQL(",
            *_listed("sql", list(_statements(up, atomic))),
            *_listed("reverse_sql", list(_statements(down, atomic))),
            *_listed("state_operations", state_operations(up, meta.app)),
            f"{INDENT * 2}),",
            f"{INDENT}]",
        ]
        return {f"{meta.stamp}_{meta.slug}.py": "\n".join(lines) + "\n"}


def _statements(migration: Migration, atomic: bool) -> Iterator[str]:
    """Yield the statements as literals; without Django's transaction those of the migration stand between."""
    for group in groups(migration):
        own = group.transaction and not atomic
        if own:
            yield literal("BEGIN", len(INDENT) * 4)
        for step in group.steps:
            yield literal(step.sql.rstrip().removesuffix(";"), len(INDENT) * 4)
        if own:
            yield literal("COMMIT", len(INDENT) * 4)


def _listed(name: str, items: list[str]) -> Iterator[str]:
    if not items:
        yield f"{INDENT * 3}{name}=[],"
        return
    yield f"{INDENT * 3}{name}=["
    for item in items:
        yield f"{INDENT * 4}{item},"
    yield f"{INDENT * 3}],"


FORMAT = Django()
