"""What is written for MySQL 8.4, where it takes other words than MariaDB; there is no server of it on PyPI or npm."""

from __future__ import annotations

import pytest

from designer.evolution import migrate
from designer.evolution.align import aligned
from designer.evolution.renames_asked import asked
from designer.importers.sql import read
from exporters.ddl.text import delimited

_T = "CREATE TABLE t (id int PRIMARY KEY, a int, b int"
CASES = {
    "a check is dropped by its own word": (
        f"{_T}, CHECK (a > 0));", f"{_T}, CHECK (a > 1));", (),
        ["ALTER TABLE t\n    DROP CHECK t_chk_1,\n    ADD CONSTRAINT t_chk_1 CHECK (a > 1);"],
    ),
    "whether a check is enforced is altered": (
        f"{_T}, CONSTRAINT c CHECK (a > 0));", f"{_T}, CONSTRAINT c CHECK (a > 0) NOT ENFORCED);", (),
        ["ALTER TABLE t ALTER CHECK c NOT ENFORCED;"],
    ),
    "an index is hidden": (
        f"{_T}, KEY k (a));", f"{_T}, KEY k (a) INVISIBLE);", (), ["ALTER TABLE t ALTER INDEX k INVISIBLE;"],
    ),
    "an index over an expression": (
        f"{_T});", f"{_T}, KEY k ((a + b)));", (), ["ALTER TABLE t ADD KEY k ((a + b));"],
    ),
    "a routine has no OR REPLACE": (
        "CREATE PROCEDURE p() SELECT 1;", "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END;", (),
        ["DROP PROCEDURE p;", "DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END\n$$\nDELIMITER ;"],
    ),
    "what speaks of a renamed column goes before it": (
        f"{_T}, g int AS (a + 1) STORED, KEY kg (g), CHECK (a > 0), KEY kf ((a * 2)));",
        "CREATE TABLE t (id int PRIMARY KEY, n int, b int, g int AS (n + 1) STORED, KEY kg (g), CHECK (n > 0), KEY kf ((n * 2)));",
        ("t.a=n",),
        [
            "ALTER TABLE t\n    DROP CHECK t_chk_1,\n    DROP INDEX kf,\n    DROP INDEX kg,\n    DROP COLUMN g;",
            "ALTER TABLE t RENAME COLUMN a TO n;",
            "ALTER TABLE t\n    ADD COLUMN g int GENERATED ALWAYS AS (n + 1) STORED,\n    ADD KEY kg (g),\n    ADD KEY kf ((n * 2)),\n"
            "    ADD CONSTRAINT t_chk_1 CHECK (n > 0);",
        ],
    ),
    "a table's new name is in the names that the server made": (
        f"{_T}, CHECK (a > 0), FOREIGN KEY (b) REFERENCES t (id));",
        "CREATE TABLE u (id int PRIMARY KEY, a int, b int, CHECK (a > 0), FOREIGN KEY (b) REFERENCES u (id));",
        ("t=u",), ["RENAME TABLE t TO u;"],
    ),
    "several things of one table": (
        f"{_T}, c varchar(9)) CHARSET latin1;",
        "CREATE TABLE t (x int, id bigint PRIMARY KEY, a int, c varchar(9)) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT='new';", (),
        [
            "ALTER TABLE t\n    DROP COLUMN b,\n    ADD COLUMN x int FIRST,\n    MODIFY COLUMN id bigint NOT NULL,\n"
            "    CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci,\n    COMMENT='new';",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_words(name: str) -> None:
    old, new, renames, expected = CASES[name]
    one, two = (read(text, "", "mysql").design for text in (old, new))
    pair = aligned(one, two, "mysql", renames=asked(list(renames), one, two, "mysql"))
    assert [delimited(step.sql) for step in migrate(pair.old, pair.new, "mysql").steps] == expected
