"""What the columns of views are called, read from their queries."""

from __future__ import annotations

import pytest

from designer.compare.languages import language_of
from designer.compare.outputs import output_names
from designer.compare.side import Side
from designer.dialects.registry import get
from designer.importers.sql import read
from designer.schema import View

_TABLES = {("t",): ("id", "Name"), ("s", "u"): ("id", "t_id"), ("u",): ("id", "t_id")}
_QUERIES = """
SELECT id, Name FROM t -> id Name
select distinct t.id, name AS "My Name", 'x' lit from t -> id My|Name lit
SELECT * FROM t, u -> id Name id t_id
SELECT x.*, u.t_id FROM t x LEFT JOIN s.u ON (x.id = u.id) -> id Name t_id
SELECT x.* FROM (t AS x JOIN u y ON y.id = x.id) WHERE x.id IN (SELECT id FROM u) -> id Name
SELECT count(*), max(id) m, id + 1, (SELECT 1 FROM u) AS one, id IS NULL, id COLLATE nocase FROM t -> _ m _ one _ _
SELECT CASE WHEN id > 1 THEN id ELSE 2 END, CASE id WHEN 1 THEN 2 END kind FROM t -> _ kind
WITH w AS (SELECT id FROM t) SELECT Name /* a, b */ FROM t -> Name
(SELECT id FROM t) UNION (SELECT t_id FROM u) -> id
SELECT id FROM t UNION SELECT * FROM nowhere -> id
SELECT * FROM t JOIN u USING (id) -> ?
SELECT * FROM nowhere -> ?
SELECT * FROM (SELECT id FROM t) q -> ?
SELECT nothing.* FROM t -> ?
"""


def _cases() -> list[tuple[str, str]]:
    return [(query, wanted) for query, _, wanted in (line.partition(" -> ") for line in _QUERIES.strip().splitlines())]


@pytest.mark.parametrize("mysql", [True, False])
def test_names_come_from_aliases_columns_and_stars(mysql: bool) -> None:
    for query, wanted in _cases():
        found = output_names(query.replace('"', "`"), _TABLES.get, mysql=mysql)
        said = "?" if found is None else " ".join(each.replace(" ", "|") or "_" for each in found)
        assert said == wanted, query


@pytest.mark.parametrize("dialect", ["postgresql", "mariadb", "sqlite"])
def test_a_view_over_a_view_shows_what_that_shows(dialect: str) -> None:
    script = """CREATE TABLE t (id int, name varchar(9)); CREATE VIEW v AS SELECT *, id AS again FROM t;
    CREATE VIEW w AS SELECT * FROM v; CREATE VIEW n (a, b) AS SELECT id, name FROM t;"""
    design = read(script, "", dialect).design
    side, language = Side(design, get(dialect)), language_of(dialect)
    shown = {view.name: language.outputs(side, view) for view in design.of(View)}
    assert shown == {"v": ("id", "name", "again"), "w": ("id", "name", "again"), "n": ("a", "b")}
