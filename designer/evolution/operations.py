"""What the steps of a migration do: a closed list, so that hazards, strategies and formats can ask for it by name.

Where it says `table` in a sentence a partition, a foreign table or a view's column is meant as well.
"""

from __future__ import annotations

OPERATIONS: dict[str, str] = {
    "create": "make an object that is not listed below: a schema, type, view, routine, trigger, policy, grant, …",
    "drop": "drop such an object",
    "replace": "give such an object another definition in place: CREATE OR REPLACE, ALTER",
    "rename": "give any object another name",
    "move": "put an object into another schema",
    "comment": "set or remove a comment",
    "settings": "set storage or session options that change no row and no meaning",
    "create table": "make a table, with the parts that stand in its statement",
    "alter table": "do several things to one table in one statement; the step's parts say which",
    "drop table": "drop a table with its rows",
    "rebuild table": "make a table anew beside the old one and carry its rows over",
    "rewrite table": "change what makes the server write every row anew: engine, persistence, access method, charset",
    "attach partition": "make a table a partition",
    "detach partition": "make a partition a table of its own",
    "partition table": "set or change how a table is partitioned in place",
    "add column": "add a column",
    "drop column": "drop a column with its values",
    "alter type": "change the type or collation of a column",
    "set not null": "forbid nulls in a column",
    "drop not null": "allow nulls in a column",
    "set default": "set the default of a column",
    "drop default": "remove the default of a column",
    "alter column": "change anything else of a column: identity, storage, statistics, its place",
    "add primary key": "add a primary key",
    "add unique": "add a unique key",
    "add foreign key": "add a foreign key",
    "add check": "add a check to a table or domain",
    "add exclusion": "add an exclusion constraint",
    "validate": "check the rows that are there against a constraint that only held for new ones",
    "drop constraint": "drop a key, foreign key, check or exclusion constraint",
    "create index": "make an index",
    "drop index": "drop an index",
    "add enum value": "add a value to an enum in place",
    "rename enum value": "give a value of an enum another name",
    "backfill": "write values into rows that are there",
    "guard": "stop where rows contradict what is to come, before anything is changed",
    "carry rows": "write rows that are there into the table to which their columns moved",
    "session": "set something for the statements that follow: a time limit, the search path",
}
"""Operation -> what it does."""
