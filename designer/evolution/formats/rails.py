"""Rails: an Active Record migration that runs the statements as they are."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.scripts import is_one_transaction, statement


class Rails:
    """Rails."""

    name = "rails"
    title = "Rails (Active Record, SQL)"
    text = "a migration of SQL statements, for projects that keep structure.sql"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the migration."""
        name = "".join(word.capitalize() for word in meta.slug.split("_"))
        alone = not (is_one_transaction(up) and is_one_transaction(down)) and up.dialect == "postgresql"
        lines = [
            f"class {name if name[:1].isalpha() else 'Change' + name} < ActiveRecord::Migration[7.1]",
            *(["  disable_ddl_transaction!", ""] if alone else []),
            "  def up",
            *_statements(up),
            "  end",
            "",
            "  def down",
            *_statements(down),
            "  end",
            "end",
        ]
        return {f"db/migrate/{meta.stamp}_{meta.slug}.rb": "\n".join(lines) + "\n"}


def _statements(migration: Migration) -> list[str]:
    """Return each statement in a heredoc that nothing is replaced in."""
    lines: list[str] = []
    for step in migration.steps:
        text = statement(step, "")
        mark = "SQL"
        while any(line.strip() == mark for line in text.splitlines()):
            mark += "_"
        lines += [f"    execute <<-'{mark}'", text, f"    {mark}"]
    return lines


FORMAT = Rails()
