"""Alembic: a revision; operations where Alembic has one that says exactly the same, else the statement."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator

from designer.dialects.registry import get
from designer.evolution.contract import Migration, Step
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.python_text import INDENT, literal
from designer.evolution.formats.scripts import groups
from designer.evolution.hazards.casts import taken_apart
from designer.schema import Check, Column, Design, Exclusion, ForeignKey, Id, Index, Key, Named, Schema, Table
from designer.schema.expressions import render

_MARKED = re.compile(r"\\:|(?<!:):(?=[\w$])")
"""What SQLAlchemy's text() reads for a parameter or an escaped colon, in strings as well, in one of its versions."""
_TYPES = {
    "integer": "sa.Integer()", "bigint": "sa.BigInteger()", "smallint": "sa.SmallInteger()", "text": "sa.Text()",
    "boolean": "sa.Boolean()", "date": "sa.Date()", "timestamp": "sa.DateTime()",
    "timestamp with time zone": "sa.DateTime(timezone=True)", "uuid": "sa.Uuid()", "real": "sa.REAL()",
    "double precision": "sa.Double()", "time": "sa.Time()",
}  # fmt: skip


def revision_of(meta: Meta) -> str:
    """Return the id of a revision: the same for the same title and time."""
    return hashlib.sha256(f"{meta.stamp} {meta.title}".encode()).hexdigest()[:12]


class Alembic:
    """Alembic."""

    name = "alembic"
    title = "Alembic"
    text = "a revision for SQLAlchemy projects, both ways"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return the revision; set its `down_revision` where it follows another one."""
        revision = revision_of(meta)
        head = f"{meta.title}\n\nRevision ID: {revision}\nRevises: {meta.parent}\n"
        lines = [
            literal_doc(f"{head}Create Date: {meta.at:%Y-%m-%d %H:%M:%S}\n"),
            "",
            "import sqlalchemy as sa",
            "from alembic import op",
            "",
            f"revision = {revision!r}",
            f"down_revision = {meta.parent or None!r}",
            "branch_labels = None",
            "depends_on = None",
            "",
            "",
            "def upgrade() -> None:",
            *_body(up),
            "",
            "",
            "def downgrade() -> None:",
            *_body(down),
        ]
        return {f"{meta.stamp}_{meta.slug}.py": "\n".join(lines) + "\n"}


def literal_doc(text: str) -> str:
    """Return a docstring."""
    return '"""' + text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') + '"""'


def _body(migration: Migration) -> Iterator[str]:
    if not migration.steps:
        yield f"{INDENT}pass"
    for group in groups(migration):
        depth = 1
        if not group.transaction and migration.dialect == "postgresql":
            yield f"{INDENT}with op.get_context().autocommit_block():"
            depth = 2
        for step in group.steps:
            yield _call(step, migration, depth)


def _call(step: Step, migration: Migration, depth: int) -> str:
    written = _OPERATIONS[step.operation](step, migration) if step.operation in _OPERATIONS and not step.stage else None
    return INDENT * depth + (written or _execute(step.sql, depth))


def _execute(sql: str, depth: int) -> str:
    """Return the call for a statement; DDL() takes nothing for a parameter but a percent sign."""
    text = sql.rstrip().removesuffix(";").rstrip()
    if _MARKED.search(text):
        return f"op.execute(sa.DDL({literal(text.replace('%', '%%'), len(INDENT) * depth)}))"
    return f"op.execute({literal(text, len(INDENT) * depth)})"


# Operations

Written = Callable[[Step, Migration], str | None]


def _table(record: Id | None, design: Design) -> tuple[str, str]:
    """Return the name of a table as an argument, and its schema as another, where it has one."""
    table = design.get(record or "")
    if not isinstance(table, Table):
        return "", ""
    parent = design.get(table.parent or "")
    return repr(table.name), f", schema={parent.name!r}" if isinstance(parent, Schema) else ""


def _drop_table(step: Step, migration: Migration) -> str | None:
    name, schema = _table(step.about, migration.old)
    return f"op.drop_table({name}{schema})" if _is_plain(step, name, "DROP TABLE") else None


def _drop_column(step: Step, migration: Migration) -> str | None:
    name, schema = _table(step.table, migration.new)
    if not isinstance(step.old, Column) or not _is_plain(step, name, "ALTER TABLE"):
        return None
    return f"op.drop_column({name}, {step.old.name!r}{schema})"


def _is_plain(step: Step, name: str, head: str) -> bool:
    """Say whether a statement is one of PostgreSQL or MySQL that says nothing more than its operation."""
    return (
        bool(name)
        and step.sql.upper().startswith(head)
        and "CASCADE" not in step.sql.upper()
        and step.sql.count(",") == 0
    )


def _rename(step: Step, migration: Migration) -> str | None:
    old, new = step.old, step.new
    if isinstance(old, Table) and isinstance(new, Table) and "RENAME TO" in step.sql and old.parent == new.parent:
        _, schema = _table(new.id, migration.new)
        return f"op.rename_table({old.name!r}, {new.name!r}{schema})" if repr(old.name)[1:-1] in step.sql else None
    return None


def _nullable(step: Step, migration: Migration) -> str | None:
    name, schema = _table(step.table, migration.new)
    if not isinstance(step.new, Column) or migration.dialect != "postgresql" or not name:
        return None
    return f"op.alter_column({name}, {step.new.name!r}, nullable={step.operation == 'drop not null'}{schema})"


def _add_column(step: Step, migration: Migration) -> str | None:
    name, schema = _table(step.table, migration.new)
    column = step.new
    if not isinstance(column, Column) or not name or migration.dialect != "postgresql":
        return None
    kind = _type(column)
    if kind is None or _has_more(column) or step.sql.upper().count(" CONSTRAINT "):
        return None
    default = ""
    if column.default is not None:
        dialect = get(migration.dialect)
        text = render(column.default, migration.new, dialect.quote, dialect.unquote)
        if _MARKED.search(text):
            return None
        default = f", server_default=sa.text({literal(text, 8)})"
    return f"op.add_column({name}, sa.Column({column.name!r}, {kind}{default}, nullable={column.nullable}){schema})"


def _has_more(column: Column) -> bool:
    return bool(
        column.generated or column.identity or column.collation or column.storage or column.compression
        or column.not_null_name or column.extra or column.type_ref or column.on_update
    )  # fmt: skip


def _type(column: Column) -> str | None:
    name, numbers, array = taken_apart(column.type)
    if array:
        return None
    if name == "varchar" and len(numbers) == 1:
        return f"sa.String({numbers[0]})"
    if name == "numeric" and len(numbers) == 2:
        return f"sa.Numeric({numbers[0]}, {numbers[1]})"
    return _TYPES.get(name) if not numbers else None


def _drop_constraint(step: Step, migration: Migration) -> str | None:
    record = step.old
    if (
        not isinstance(record, (Key, ForeignKey, Check, Exclusion))
        or not record.name
        or migration.dialect != "postgresql"
    ):
        return None
    name, schema = _table(record.parent, migration.new)
    plain = bool(name) and "CASCADE" not in step.sql.upper()
    return f"op.drop_constraint({record.name!r}, {name}{schema})" if plain else None


def _create_index(step: Step, migration: Migration) -> str | None:
    index = step.new
    if not isinstance(index, Index) or not index.name or migration.dialect != "postgresql" or _is_special(index):
        return None
    name, schema = _table(index.parent, migration.new)
    columns = [migration.new.get(part.column or "") for part in index.parts]
    if not name or not all(isinstance(each, Column) for each in columns):
        return None
    listed = ", ".join(repr(each.name) for each in columns if isinstance(each, Named))
    unique = ", unique=True" if index.unique else ""
    return f"op.create_index({index.name!r}, {name}, [{listed}]{unique}{schema})"


def _is_special(index: Index) -> bool:
    parts = any(part.desc or part.nulls or part.opclass or part.collation for part in index.parts)
    return bool(
        parts or index.method not in ("", "btree") or index.include or index.where or index.nulls_not_distinct
        or index.only or index.options or index.tablespace or index.extra
    )  # fmt: skip


_OPERATIONS: dict[str, Written] = {
    "drop table": _drop_table,
    "drop column": _drop_column,
    "rename": _rename,
    "set not null": _nullable,
    "drop not null": _nullable,
    "add column": _add_column,
    "drop constraint": _drop_constraint,
    "create index": _create_index,
}
FORMAT = Alembic()
