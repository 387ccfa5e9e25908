"""Rails: an Active Record migration that runs the statements as they are."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import groups, is_one_transaction, statement


class Rails:
    """Rails."""

    name = "rails"
    title = "Rails (Active Record, SQL)"
    text = "a migration of SQL statements, for projects that keep structure.sql"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the migration."""
        slug = meta.slug if meta.slug[0].isalpha() else f"change_{meta.slug}"  # a class is called as its file
        name = "".join(word.capitalize() for word in slug.split("_"))
        alone = not (is_one_transaction(up) and is_one_transaction(down)) and up.dialect not in ("mysql", "mariadb")
        lines = [
            f"class {name} < ActiveRecord::Migration[6.1]",
            *(["  disable_ddl_transaction!", ""] if alone else []),
            "  def up",
            *_statements(up, alone),
            "  end",
            "",
            "  def down",
            *_statements(down, alone),
            "  end",
            "end",
        ]
        return {f"db/migrate/{meta.stamp}_{slug}.rb": "\n".join(lines) + "\n"}


def _statements(migration: Migration, alone: bool) -> list[str]:
    """Return each statement as a call, between BEGIN and COMMIT where Rails opens no transaction."""
    lines: list[str] = []
    for group in groups(migration):
        calls = [_call(statement(step, "")) for step in group.steps]
        wrapped = alone and group.transaction
        lines += ["    execute 'BEGIN'", *calls, "    execute 'COMMIT'"] if wrapped else calls
    return lines


def _call(text: str) -> str:
    """Return a statement in a heredoc that nothing is replaced in."""
    mark = "SQL"
    while any(line.strip() == mark for line in text.splitlines()):
        mark += "_"
    return f"    execute <<-'{mark}'\n{text}\n    {mark}"


FORMAT = Rails()
