"""What MariaDB and MySQL write another way: each the same where it is, and another where it is not."""

from __future__ import annotations

import pytest

from tests.compare.designs import comparison, told

UTF = "DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"
PAIRS: dict[str, tuple[str, str, str]] = {  # what is written, what comes back, what is something else
    "attribute BINARY": (
        "CREATE TABLE t (a varchar(9) BINARY)",
        f"CREATE TABLE `t` (`a` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin) ENGINE=InnoDB {UTF}",
        f"CREATE TABLE `t` (`a` varchar(9)) ENGINE=InnoDB {UTF}",
    ),
    "collation of the table": (
        f"CREATE TABLE t (a varchar(9) COLLATE utf8mb4_general_ci) {UTF}",
        f"CREATE TABLE t (a varchar(9)) {UTF}",
        f"CREATE TABLE t (a varchar(9) COLLATE utf8mb4_unicode_ci) {UTF}",
    ),
    "character set": (
        "CREATE TABLE t (a varchar(9) CHARACTER SET latin1)",
        f"CREATE TABLE t (a varchar(9) CHARACTER SET latin1 COLLATE latin1_swedish_ci) {UTF}",
        f"CREATE TABLE t (a varchar(9) CHARACTER SET latin1 COLLATE latin1_bin) {UTF}",
    ),
    "table of bytes": (
        "CREATE TABLE t (a varchar(9), b char(3), c mediumtext) CHARSET=binary",
        "CREATE TABLE t (a varbinary(9), b binary(3), c mediumblob) DEFAULT CHARSET=binary",
        "CREATE TABLE t (a varbinary(9), b binary(3), c blob) DEFAULT CHARSET=binary",
    ),
    "padded bytes": (
        "CREATE TABLE t (a binary(4) NOT NULL DEFAULT '')",
        "CREATE TABLE t (a binary(4) NOT NULL DEFAULT '\\0\\0\\0\\0')",
        "CREATE TABLE t (a binary(4) NOT NULL DEFAULT 'x\\0\\0\\0')",
    ),
    "quotes of values": (
        "CREATE TABLE t (a ENUM(\"x\", \"it's\"))",
        "CREATE TABLE t (a enum('x','it''s'))",
        "CREATE TABLE t (a enum('x','it'))",
    ),
    "numbers as text": (
        "CREATE TABLE t (a varchar(9) DEFAULT 007, b int DEFAULT '007')",
        "CREATE TABLE t (a varchar(9) DEFAULT '7', b int(11) DEFAULT 7)",
        "CREATE TABLE t (a varchar(9) DEFAULT '007', b int(11) DEFAULT 7)",
    ),
    "a scale": (
        "CREATE TABLE t (a decimal(5,2) DEFAULT 1, b varchar(5) DEFAULT '1')",
        "CREATE TABLE t (a decimal(5,2) DEFAULT 1.00, b varchar(5) DEFAULT '1')",
        "CREATE TABLE t (a decimal(5,2) DEFAULT 1.00, b varchar(5) DEFAULT '1.00')",
    ),
    "bits": (
        "CREATE TABLE t (a bit(4) DEFAULT 5)",
        "CREATE TABLE t (a bit(4) DEFAULT b'101')",
        "CREATE TABLE t (a bit(4) DEFAULT b'100')",
    ),
    "a column in the wider alphabet": (
        "CREATE TABLE t (a national varchar(9))",
        f"CREATE TABLE t (a varchar(9) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci) {UTF}",
        f"CREATE TABLE t (a varchar(9)) {UTF}",
    ),
    "widths of zeros": (
        "CREATE TABLE t (a int zerofill)",
        "CREATE TABLE t (a int(10) unsigned zerofill)",
        "CREATE TABLE t (a int(5) unsigned zerofill)",
    ),
    "prefix that the server cut": (
        f"CREATE TABLE t (a varchar(300), KEY k (a)) ENGINE=MyISAM {UTF}",
        f"CREATE TABLE t (a varchar(300), KEY k (a(250))) ENGINE=MyISAM {UTF}",
        f"CREATE TABLE t (a varchar(300), KEY k (a(200))) ENGINE=MyISAM {UTF}",
    ),
    "index of a long text": (
        f"CREATE TABLE t (a text, KEY k (a)) ENGINE=InnoDB {UTF}",
        f"CREATE TABLE t (a text, KEY k (a(768))) ENGINE=InnoDB {UTF}",
        f"CREATE TABLE t (a text, KEY k (a(76))) ENGINE=InnoDB {UTF}",
    ),
    "foreign keys that come to nothing": (
        "CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (b int, FOREIGN KEY (b) REFERENCES t (a)) ENGINE=MyISAM",
        "CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (b int, KEY b (b)) ENGINE=MyISAM",
        "CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (b int, UNIQUE KEY b (b)) ENGINE=MyISAM",
    ),
    "counter": ("CREATE TABLE t (a int) AUTO_INCREMENT=5", "CREATE TABLE t (a int) AUTO_INCREMENT=77", "CREATE TABLE t (b int)"),
    "modes that stand for several": (
        "SET sql_mode='ANSI'; CREATE FUNCTION f() RETURNS int RETURN 1",
        "SET sql_mode='IGNORE_SPACE,REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,ANSI'; CREATE FUNCTION f() RETURNS int RETURN 1",
        "SET sql_mode='ANSI_QUOTES'; CREATE FUNCTION f() RETURNS int RETURN 1",
    ),
    "heads of programs": (
        "CREATE PROCEDURE p(IN a INTEGER, OUT `b` dec(9) , c varchar(9) CHARSET utf8) LANGUAGE SQL SELECT 1",
        "CREATE DEFINER=`root`@`localhost` PROCEDURE `p`(`a` int(11), OUT b decimal(9,0), `c` varchar(9))\nSELECT 1",
        "CREATE DEFINER=`root`@`localhost` PROCEDURE `p`(`a` int(11), INOUT b decimal(9,0), `c` varchar(9))\nSELECT 1",
    ),
    "events": (
        "CREATE TABLE t (a int); CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t",
        "CREATE TABLE t (a int); CREATE DEFINER=`root`@`localhost` EVENT `e` ON SCHEDULE EVERY 1 DAY STARTS"
        " '2024-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE DO DELETE FROM t",
        "CREATE TABLE t (a int); CREATE DEFINER=`root`@`localhost` EVENT `e` ON SCHEDULE EVERY 2 DAY STARTS"
        " '2024-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE DO DELETE FROM t",
    ),
    "escapes": (
        "CREATE TABLE t (a varchar(9) CHECK (a <> 'x\\ny'''))",
        "CREATE TABLE t (a varchar(9) CHECK (`a` <> 'x\ny\\''))",
        "CREATE TABLE t (a varchar(9) CHECK (`a` <> 'xny\\''))",
    ),
    "parts of partitions": (
        "CREATE TABLE t (a int) PARTITION BY HASH (a) PARTITIONS 2",
        "CREATE TABLE t (a int) PARTITION BY HASH (`a`) PARTITIONS 2",
        "CREATE TABLE t (a int) PARTITION BY HASH (`a` + 1) PARTITIONS 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_it_is_the_same(name):
    written, given_back, _ = PAIRS[name]
    assert told(written, given_back, "mariadb") == []
    assert told(given_back, written, "mariadb") == []


@pytest.mark.parametrize("name", PAIRS)
def test_another_one_is_another(name):
    written, given_back, other = PAIRS[name]
    assert comparison(written, other, "mariadb").real
    assert comparison(given_back, other, "mariadb").real


TABLES = "CREATE TABLE t (id int, a varchar(9), n int); CREATE TABLE u (id int, t_id int);"
VIEWS = {  # what is written, what comes back, what is something else
    "SELECT *, isnull(n) AS z FROM t": (
        "select `t`.`id` AS `id`,`t`.`a` AS `a`,`t`.`n` AS `n`,`t`.`n` is null AS `z` from `t`",
        "select `t`.`id` AS `id`,`t`.`a` AS `a`,`t`.`n` AS `n`,`t`.`n` + 7 AS `z` from `t`",
    ),
    "SELECT id, a FROM t WHERE n > 5": (
        "select `t`.`id` AS `id`,`t`.`a` AS `a` from `t` where `t`.`n` > 5",
        "select `t`.`id` AS `id`,`t`.`a` AS `a` from `t` where `t`.`n` < 5",
    ),
    "SELECT a, id FROM t": (
        "select `t`.`a` AS `a`,`t`.`id` AS `id` from `t`",
        "select `t`.`id` AS `id`,`t`.`a` AS `a` from `t`",
    ),
    "SELECT id FROM t WHERE n = 1 AND a = 'x'": (
        "select `t`.`id` AS `id` from `t` where `t`.`n` = 1 and `t`.`a` = 'x'",
        "select `t`.`id` AS `id` from `t` where `t`.`n` = 1 or `t`.`a` = 'x'",
    ),
    "SELECT id FROM t WHERE NOT (n > 1 OR n < 0)": (
        "select `t`.`id` AS `id` from `t` where `t`.`n` <= 1 and `t`.`n` >= 0",
        "select `t`.`id` AS `id` from `t` where `t`.`n` <= 1 and `t`.`n` >= 2",
    ),
    "SELECT id FROM t WHERE n": (
        "select `t`.`id` AS `id` from `t` where `t`.`n` <> 0",
        "select `t`.`id` AS `id` from `t` where `t`.`n` = 0",
    ),
    "SELECT id FROM t WHERE n AND NOT id": (
        "select `t`.`id` AS `id` from `t` where `t`.`n` <> 0 and `t`.`id` = 0",
        "select `t`.`id` AS `id` from `t` where `t`.`n` = 0 and `t`.`id` = 0",
    ),
    "SELECT t.id FROM t, u WHERE t.id = u.t_id": (
        "select `t`.`id` AS `id` from (`t` join `u`) where `t`.`id` = `u`.`t_id`",
        "select `t`.`id` AS `id` from (`t` left join `u` on(`t`.`n` = 1)) where `t`.`id` = `u`.`t_id`",
    ),
    'SELECT id, "x" AS w, \'a\\nb\' AS l FROM t': (
        "select `t`.`id` AS `id`,'x' AS `w`,'a\nb' AS `l` from `t`",
        "select `t`.`id` AS `id`,'y' AS `w`,'a\nb' AS `l` from `t`",
    ),
    "SELECT id FROM t GROUP BY id": (
        "select `t`.`id` AS `id` from `t` group by `t`.`id`",
        "select `t`.`id` AS `id`,`t`.`a` AS `a` from `t` group by `t`.`id`",
    ),
}  # fmt: skip


@pytest.mark.parametrize("query", VIEWS)
def test_a_view_is_at_most_spelled_another_way(query):
    view = f"{TABLES} CREATE VIEW v AS {{}}".format
    printed, other = VIEWS[query]
    assert not comparison(view(query), view(printed), "mariadb").real
    assert not comparison(view(printed), view(query), "mariadb").real
    assert comparison(view(query), view(other), "mariadb").real
    assert comparison(view(printed), view(other), "mariadb").real


def test_pragmas_of_the_file_are_a_part_of_it():
    table = "CREATE TABLE t (a);"
    assert comparison(f"PRAGMA user_version = 7; {table}", f"PRAGMA user_version = 8; {table}", "sqlite").real
    assert (
        told(
            f"PRAGMA user_version = 3; PRAGMA user_version(0x7); {table}", f"PRAGMA user_version = 7; {table}", "sqlite"
        )
        == []
    )
    assert comparison(f"PRAGMA user_version = 7; {table}", table, "sqlite").real
    assert told(f"PRAGMA user_version = 0; PRAGMA foreign_keys = ON; {table}", table, "sqlite") == []
