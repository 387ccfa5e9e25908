"""Statements of PostgreSQL that the online strategy is made of."""

from __future__ import annotations

import re

from exporters.ddl.text import dollar_quoted

TRIES = 10
_END = re.compile(r"[;\s]+\Z")
_PATIENTLY = "pg_temp.wholekey_patiently"


def bare(statement: str) -> str:
    """Return a statement without its end."""
    return _END.sub("", statement)


def patience(timeout: str) -> str:
    """Return the statement that makes a procedure for this session, which runs statements with a short wait for locks.

    All that queue up behind a waiting lock go on between its tries. The last failure is the server's own error.
    """
    body = f"""
DECLARE
    attempt integer := 0;
BEGIN
    LOOP
        attempt := attempt + 1;
        BEGIN
            PERFORM set_config('lock_timeout', '{timeout}', true);
            EXECUTE statements;
            EXIT;
        EXCEPTION WHEN lock_not_available THEN
            IF attempt >= {TRIES} THEN
                RAISE;
            END IF;
            PERFORM pg_sleep(attempt);
        END;
    END LOOP;
END"""
    return (
        f"CREATE OR REPLACE PROCEDURE {_PATIENTLY}(statements text) LANGUAGE plpgsql AS {dollar_quoted(body, 'body')};"
    )


def tried_again(statements: str) -> str:
    """Return the call of that procedure for some statements."""
    return f"CALL {_PATIENTLY}({dollar_quoted(bare(statements), 'sql')});"


def backfilled(table: str, column: str, value: str, condition: str, batch: int) -> str:
    """Return a statement that writes a value into rows in batches, and commits each of them.

    The condition must no longer hold for a row that is written. It cannot run inside a transaction. A row that someone
    else writes at that moment is missed, and tried again.
    """
    body = f"""
DECLARE
    written bigint;
    missed integer := 0;
BEGIN
    LOOP
        UPDATE {table} SET {column} = {value}
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE {condition} LIMIT {batch}));
        GET DIAGNOSTICS written = ROW_COUNT;
        COMMIT;
        CONTINUE WHEN written > 0;
        missed := missed + 1;
        EXIT WHEN missed > {TRIES} * {TRIES} OR NOT EXISTS (SELECT FROM {table} WHERE {condition});
        PERFORM pg_sleep(0.01);
    END LOOP;
END"""
    return f"DO {dollar_quoted(body)};"


def checks_kept(table: str) -> tuple[str, str]:
    """Return a statement that remembers the checks of a table, and one that drops those which came since."""
    place = f"'{table.replace(chr(39), chr(39) * 2)}'::regclass"
    known = f"SELECT string_agg(oid::text, ',') FROM pg_constraint WHERE conrelid = {place} AND contype = 'c'"
    before = f"BEGIN PERFORM set_config('wholekey.checks', coalesce(({known}), ''), false); END"
    behind = f"""
DECLARE
    name text;
BEGIN
    FOR name IN SELECT quote_ident(conname) FROM pg_constraint WHERE conrelid = {place} AND contype = 'c'
        AND NOT (oid::text = ANY (string_to_array(current_setting('wholekey.checks'), ',')))
    LOOP
        EXECUTE 'ALTER TABLE ' || {place} || ' DROP CONSTRAINT ' || name;
    END LOOP;
END"""
    return f"DO {dollar_quoted(before)};", f"DO {dollar_quoted(behind)};"
