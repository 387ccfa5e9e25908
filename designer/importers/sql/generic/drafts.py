"""What the statements of a script build up before ids exist: everything refers to everything by name."""

from __future__ import annotations

from dataclasses import dataclass, field

Extra = dict[str, str]


@dataclass(slots=True)
class PartDraft:
    """One part of a key or index: a column by name, or an expression."""

    column: str = ""
    expr: str = ""
    desc: bool = False
    collation: str = ""
    length: int | None = None
    tail: str = ""  # "autoincrement", "without overlaps"


@dataclass(slots=True)
class ColumnDraft:
    """A column. Texts of expressions are verbatim."""

    name: str
    offset: int = 0
    type: str = ""
    nullable: bool = True
    default: str | None = None
    generated: str | None = None
    generated_kind: str = ""
    identity: str = ""
    collation: str = ""
    on_update: str = ""
    not_null_name: str = ""
    comment: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class KeyDraft:
    """A primary or unique key."""

    name: str
    offset: int
    primary: bool = False
    parts: list[PartDraft] = field(default_factory=list)
    without_overlaps: bool = False
    comment: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class IndexDraft:
    """An index that is not a key."""

    name: str
    offset: int
    unique: bool = False
    method: str = ""
    parts: list[PartDraft] = field(default_factory=list)
    where: str | None = None
    comment: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class ForeignKeyDraft:
    """A foreign key; no `ref_columns` means the primary key of the referenced table."""

    name: str
    offset: int
    columns: list[str] = field(default_factory=list)
    ref_schema: str = ""
    ref_table: str = ""
    ref_columns: list[str] = field(default_factory=list)
    on_delete: str = ""
    on_update: str = ""
    match: str = ""
    deferrable: bool = False
    deferred: bool = False
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class CheckDraft:
    """A check constraint; `expr` is without the outer parentheses."""

    name: str
    offset: int
    expr: str = ""
    not_enforced: bool = False
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class PartitioningDraft:
    """How a table is partitioned: PARTITION BY strategy (parts) text."""

    strategy: str
    parts: list[PartDraft] = field(default_factory=list)
    text: str = ""


Constraint = KeyDraft | IndexDraft | ForeignKeyDraft | CheckDraft


@dataclass(slots=True)
class StatementDraft:
    """A statement that is kept verbatim."""

    text: str
    offset: int
    reason: str
    phase: str = "after"
    needs: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class TriggerDraft:
    """A trigger, verbatim."""

    name: str
    text: str
    offset: int
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class TableDraft:
    """A table. `columns` goes by the names in lower case, because column names are compared without case."""

    name: str
    schema: str = ""
    offset: int = 0
    columns: dict[str, ColumnDraft] = field(default_factory=dict)
    constraints: list[Constraint] = field(default_factory=list)
    triggers: list[TriggerDraft] = field(default_factory=list)
    foreign_words: list[int] = field(default_factory=list)
    """Where another database's words were read for what they mean: INDEX in a table of SQLite."""
    partitioning: PartitioningDraft | None = None
    placeholder: bool = False
    persistence: str = ""
    tablespace: str = ""
    comment: str = ""
    extra: Extra = field(default_factory=dict)

    def column(self, name: str) -> ColumnDraft | None:
        """Return a column by name, whatever its case."""
        return self.columns.get(name.lower())

    def primary_key(self) -> KeyDraft | None:
        """Return the primary key, if there is one."""
        return next((each for each in self.constraints if isinstance(each, KeyDraft) and each.primary), None)


@dataclass(slots=True)
class ViewDraft:
    """A view; `query` is what stands after AS."""

    name: str
    schema: str = ""
    offset: int = 0
    query: str = ""
    columns: tuple[str, ...] = ()
    check_option: str = ""
    triggers: list[TriggerDraft] = field(default_factory=list)
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class RoutineDraft:
    """A function, procedure or package, verbatim."""

    name: str
    schema: str
    offset: int
    kind: str
    signature: str
    text: str
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class SequenceDraft:
    """A sequence of MariaDB."""

    name: str
    schema: str = ""
    offset: int = 0
    numbers: dict[str, int] = field(default_factory=dict)
    type: str = ""
    cycle: bool = False
    extra: Extra = field(default_factory=dict)


Item = TableDraft | ViewDraft | RoutineDraft | SequenceDraft | StatementDraft
