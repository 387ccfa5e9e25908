"""What a migration is: steps in order, what each costs and risks, and what is to be said about it as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from designer.schema import Design, Id, Record


class MigrationProblem(Exception):
    """No migration can be written: no physical model, two dialects. Says what to do."""


class Lock(StrEnum):
    """What a statement keeps others from doing to a table while it runs, the weakest first."""

    NONE = "none"
    SCHEMA = "schema changes"  # others read and write; only other changes of the table wait
    WRITES = "writes"
    ALL = "reads and writes"


class Work(StrEnum):
    """What a statement does with the rows that are there, the least first."""

    NONE = "none"
    SCAN = "scan"  # it reads every row
    REWRITE = "rewrite"  # it writes every row anew
    BUILD = "index build"  # it reads every row and sorts


class Severity(StrEnum):
    """How much attention a hazard needs."""

    INFO = "info"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Hazard:
    """One thing to know before a step is run. `code` names the rule, whose help has the remedy."""

    code: str  # WM101
    severity: Severity
    message: str  # one sentence about this very step
    query: str = ""  # finds the rows on which the step would fail, where there can be any


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step does to a running database; the rules of `hazards` fill it in."""

    lock: Lock = Lock.NONE
    lock_name: str = ""  # in the server's words: ACCESS EXCLUSIVE
    work: Work = Work.NONE
    rows: int | None = None  # how many rows are scanned or written, where that is known
    loses_data: bool = False
    may_fail: bool = False  # on rows that are there
    reversible: bool = True  # whether the way back brings all of it back
    compatible: bool = True  # whether an application written for the old schema goes on running


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of a migration.

    `operation` is one of `operations.OPERATIONS`; `old` and `new` are the records before and after (None: not there),
    `fields` the fields in which they differ and that this statement sets. `table` is the table or view that it locks.
    """

    sql: str  # one statement with its end
    operation: str
    about: Id  # the record
    label: str  # what people call it: `public.users.email`
    kind: str  # of the object, in words: "column", "foreign key", "grant"
    old: Record | None = None
    new: Record | None = None
    fields: tuple[str, ...] = ()
    table: Id | None = None
    reason: str = ""  # why it is there, where it is not plainly asked for: "the view reads a column that changes"
    in_transaction: bool = True  # False: the server refuses it inside of one
    stage: str = ""  # of an online migration: "expand", "backfill", "exchange", "contract"
    effect: Effect = Effect()
    hazards: tuple[Hazard, ...] = ()
    parts: tuple[Step, ...] = ()  # of an "alter table": what it does, each with a statement of its own


@dataclass(frozen=True, slots=True)
class Rename:
    """One object that has another name or schema on the other side; `likeness` is 1.0 where nothing else differs."""

    kind: str
    old: Id
    new: Id  # id in the new design as it was read
    old_label: str
    new_label: str
    likeness: float
    why: str = ""  # what speaks for it, in words: "7 of 8 columns are the same"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader of the migration should know and that belongs to no step."""

    message: str
    about: Id | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What may be chosen. `rows` are row counts by table id, from a live database or typed in.

    `values` are the values of enums that have another name, by the enum's id: old name -> new name.
    """

    strategy: str = "simple"  # or "online"
    rows: Mapping[Id, int] = field(default_factory=dict)
    batch: int = 5_000  # rows that a backfill changes at once
    lock_timeout: str = "5s"  # of the online strategy
    values: Mapping[Id, Mapping[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Migration:
    """The way from one state of a model to another. `old` and `new` share ids: what is one object has one id."""

    dialect: str
    old: Design
    new: Design
    old_model: Id
    new_model: Id
    steps: list[Step] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    options: Options = Options()

    def __bool__(self) -> bool:
        return bool(self.steps)
