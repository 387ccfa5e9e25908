"""Changes of partitioned tables: written short, and as a dump writes them."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

_LOG = """
CREATE TABLE log (id integer NOT NULL, at date NOT NULL, note text DEFAULT 'n') PARTITION BY RANGE (at);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (id);
CREATE TABLE log_2_a PARTITION OF log_2 FOR VALUES IN (1, 2);
CREATE TABLE log_rest PARTITION OF log DEFAULT;
"""
_ROWS = "INSERT INTO log VALUES (1, '2024-02-02', DEFAULT), (2, '2025-02-02', 'x'), (3, '2030-01-01', 'y');"
_DUMPED = """
CREATE TABLE log (id integer NOT NULL, at date NOT NULL, note text DEFAULT 'n') PARTITION BY RANGE (at);
CREATE TABLE log_1 (id integer NOT NULL, at date NOT NULL, note text DEFAULT 'n');
ALTER TABLE ONLY log ATTACH PARTITION log_1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE ONLY log ADD CONSTRAINT log_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY log_1 ADD CONSTRAINT log_1_pkey PRIMARY KEY (id, at);
CREATE INDEX by_note ON ONLY log USING btree (note);
CREATE INDEX log_1_by_note ON log_1 USING btree (note);
ALTER INDEX by_note ATTACH PARTITION log_1_by_note;
ALTER INDEX log_pkey ATTACH PARTITION log_1_pkey;
"""
_DUMPED_ROWS = "INSERT INTO log VALUES (1, '2024-02-02');"

PARTITIONS = [
    Change(
        name="parts_of_partitioned", both=_LOG, rows=_ROWS,
        swap={"id integer NOT NULL, at date NOT NULL, note text DEFAULT 'n'":
              "id bigint NOT NULL, at date NOT NULL, note varchar(50) DEFAULT 'm' NOT NULL, more integer DEFAULT 3, CHECK (more > 0), PRIMARY KEY (id, at)"},
        new="CREATE INDEX ON log (note); CREATE UNIQUE INDEX lu ON log (at, id);",
        retyped=kinds("log.note, log_1.note, log_2.note, log_2_a.note, log_rest.note"), remade=kinds("table, partition"),
    ),
    Change(
        name="partitions_come_and_go", both=_LOG, rows=_ROWS,
        swap={"FOR VALUES IN (1, 2)": "FOR VALUES IN (2, 3)", "CREATE TABLE log_rest PARTITION OF log DEFAULT;": ""},
        new="CREATE TABLE log_3 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
        "CREATE TABLE log_2_b PARTITION OF log_2 DEFAULT;",
    ),
    Change(
        name="sub_detached", both=_LOG + "CREATE INDEX li ON log (id); ALTER TABLE log ADD PRIMARY KEY (id, at);", rows=_ROWS,
        swap={"CREATE TABLE log_2_a PARTITION OF log_2 FOR VALUES IN (1, 2);":
              "CREATE TABLE log_2_a (id integer NOT NULL, at date NOT NULL, note text DEFAULT 'n', PRIMARY KEY (id, at)); CREATE INDEX log_2_a_id_idx ON log_2_a (id);"},
        does="detach partition",
    ),
    Change(
        name="partition_renames", both=_LOG + "CREATE INDEX ON log (note); ALTER TABLE log ADD PRIMARY KEY (id, at);", rows=_ROWS,
        swap={"log (id integer NOT NULL, at date NOT NULL, note": "log (id integer NOT NULL, at date NOT NULL, remark", "ON log (note)": "ON log (remark)",
              "TABLE log_1 ": "TABLE log_first "},
        renames=("log.note=log.remark", "log_1=log_first"),
    ),
    Change(
        name="becomes_partitioned",
        both="CREATE TABLE m (id serial, at date NOT NULL, v text, CONSTRAINT mp PRIMARY KEY (id, at)); CREATE INDEX mi ON m (v);"
        "CREATE TABLE r (id integer, at date, FOREIGN KEY (id, at) REFERENCES m); CREATE VIEW mv AS SELECT id FROM m;"
        "CREATE TRIGGER mt BEFORE UPDATE ON m FOR EACH ROW EXECUTE FUNCTION touch(); COMMENT ON COLUMN m.v IS 'v';",
        rows="INSERT INTO m (at, v) VALUES ('2024-01-01', 'a'), ('2025-01-01', 'b'); INSERT INTO r VALUES (1, '2024-01-01');",
        swap={"PRIMARY KEY (id, at));": "PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2024-06-01');"
              "CREATE TABLE m_d PARTITION OF m DEFAULT;"},
        remade=kinds("table, column, primary key, index, foreign key, view, trigger, comment, default, sequence"),
    ),
    Change(
        name="identity_becomes_partitioned",
        both="CREATE TABLE m (id integer GENERATED ALWAYS AS IDENTITY, at date NOT NULL, PRIMARY KEY (id, at));",
        rows="INSERT INTO m (at) VALUES ('2024-01-01'), ('2025-01-01');",
        swap={"PRIMARY KEY (id, at));": "PRIMARY KEY (id, at)) PARTITION BY HASH (id); CREATE TABLE m_1 PARTITION OF m FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
              "CREATE TABLE m_2 PARTITION OF m FOR VALUES WITH (MODULUS 2, REMAINDER 1);"},
        remade=kinds("table, column, primary key"), probe="INSERT INTO m (at) VALUES ('2024-01-01')",
    ),
    Change(
        name="dumped_drops", both=_DUMPED, rows=_DUMPED_ROWS,
        swap={"CREATE INDEX by_note ON ONLY log USING btree (note);": "", "CREATE INDEX log_1_by_note ON log_1 USING btree (note);": "",
              "ALTER INDEX by_note ATTACH PARTITION log_1_by_note;": ""},
        does="drop index",
    ),
    Change(
        name="dumped_grows", both=_DUMPED, rows=_DUMPED_ROWS,
        new="""CREATE TABLE log_2 (id integer NOT NULL, at date NOT NULL, note text DEFAULT 'n');
        ALTER TABLE ONLY log_2 ADD CONSTRAINT log_2_pkey PRIMARY KEY (id, at);
        CREATE INDEX log_2_other_name ON log_2 USING btree (note);
        ALTER TABLE ONLY log ATTACH PARTITION log_2 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        ALTER INDEX by_note ATTACH PARTITION log_2_other_name;
        ALTER INDEX log_pkey ATTACH PARTITION log_2_pkey;""",
    ),
    Change(
        name="dumped_changes", both=_DUMPED, rows=_DUMPED_ROWS,
        swap={"CREATE INDEX by_note ON ONLY log USING btree (note);": "CREATE INDEX by_note ON ONLY log USING btree (note DESC);",
              "CREATE INDEX log_1_by_note ON log_1 USING btree (note);": "CREATE INDEX log_1_by_note ON log_1 USING btree (note DESC);",
              "log_1 (id integer NOT NULL, at date NOT NULL, note text DEFAULT 'n')": "log_1 (id integer NOT NULL, at date NOT NULL, note text DEFAULT 'other', more integer)",
              "log (id integer NOT NULL, at date NOT NULL, note text DEFAULT 'n')": "log (id integer NOT NULL, at date NOT NULL, note text, more integer)"},
        remade=kinds("index"),
    ),
    Change(
        name="dumped_detaches", both=_DUMPED, rows=_DUMPED_ROWS,
        swap={"ALTER TABLE ONLY log ATTACH PARTITION log_1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');": "",
              "ALTER INDEX by_note ATTACH PARTITION log_1_by_note;": "", "ALTER INDEX log_pkey ATTACH PARTITION log_1_pkey;": ""},
        does="detach partition",
    ),
]  # fmt: skip
