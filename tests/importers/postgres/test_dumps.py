"""pg_dump output as it comes."""

from designer.importers.contract import Outcome
from designer.schema import Column, Index, Key, Statement, Table
from tests.importers.postgres.reading import Reading

DUMP = """\ufeff--
-- PostgreSQL database dump
--
\\restrict abcDEF

SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE TABLE public.t (
    id integer NOT NULL,
    note text
);
ALTER TABLE public.t OWNER TO someone;
CREATE SEQUENCE public.t_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;
ALTER TABLE ONLY public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);
COPY public.t (id, note) FROM stdin;
1\tCREATE TABLE nonsense (a int);
2\t'; DROP TABLE t; --
\\.

SELECT pg_catalog.setval('public.t_id_seq', 2, true);
ALTER TABLE ONLY public.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (id);
CREATE TABLE public.p (d date NOT NULL) PARTITION BY RANGE (d);
CREATE TABLE public.p1 (d date NOT NULL);
ALTER TABLE ONLY public.p ATTACH PARTITION public.p1 FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE INDEX p_d ON ONLY public.p USING btree (d);
CREATE INDEX p1_d ON public.p1 USING btree (d);
ALTER INDEX public.p_d ATTACH PARTITION public.p1_d;
--
-- PostgreSQL database dump complete
--

\\unrestrict abcDEF
"""


def test_a_dump_is_read_as_it_comes() -> None:
    reading = Reading(DUMP)
    assert [table.name for table in reading.all(Table)] == ["t", "p", "p1"]
    default = reading.column("t", "id").default
    assert default is not None
    assert reading.used(default) == [("t_id_seq", "t_id_seq")]
    assert reading.one(Key).name == "t_pkey"
    assert [statement.text.text for statement in reading.all(Statement)] == ["ALTER TABLE public.t OWNER TO someone"]
    assert not any(index.only for index in reading.all(Index))
    assert not reading.told()


def test_lines_stay_exact_behind_copied_data_and_line_ends_of_windows() -> None:
    for text in (DUMP, DUMP.replace("\n", "\r\n")):
        line = next(
            each.line for each in Reading(text).findings if "t_pkey" in each.what or "ADD CONSTRAINT" in each.what
        )
        assert DUMP.splitlines()[line - 1] == "ALTER TABLE ONLY public.t"


def test_a_truncated_dump_says_where() -> None:
    reading = Reading("CREATE TABLE t (a int);\nCOPY t (a) FROM stdin;\n1\n2\n")
    assert reading.told(Outcome.FAILED)[0][1] == 2
    reading = Reading("CREATE TABLE t (a int);\nCREATE TABLE u (b text DEFAULT 'abc\n")
    message, line = reading.told(Outcome.FAILED)[0]
    assert "never closed" in message
    assert line == 2


def test_the_same_script_gives_the_same_records() -> None:
    assert Reading(DUMP).design == Reading(DUMP).design
    assert len({column.id for column in Reading(DUMP).all(Column)}) == 4
