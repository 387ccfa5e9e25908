"""The constructs of MariaDB that stand in tables: columns, keys, indexes, options, partitions."""

from __future__ import annotations

from tests.nasty import NAMES

_FITTING = [
    name for name in NAMES
    if name.isprintable() and name == name.rstrip() and len(name) <= 60 and max(name) <= "\uffff"
][:60]  # fmt: skip


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\r", "\\r") + "'"


def _nasty_names() -> str:
    """Return a table whose columns, keys, labels and comments are the names that break things."""
    seen: dict[str, str] = {}
    for name in _FITTING:
        seen.setdefault(name.casefold(), name)
    names = list(seen.values())
    columns = [f"{_quoted(name)} int COMMENT {_literal(name)}" for name in names]
    keys = [
        f"KEY {_quoted(name)} ({_quoted(name)}) COMMENT {_literal(name)}"
        for name in names[:30]
        if name.lower() != "primary"
    ]
    checks = [f"CONSTRAINT {_quoted(name)} CHECK ({_quoted(name)} > 0)" for name in names[:20]]
    tables = [
        f"CREATE TABLE {_quoted(f'nn {name}'[:64].rstrip())} (a int) COMMENT={_literal(name)};" for name in names[:12]
    ]
    return f"CREATE TABLE `names; --` ({', '.join([*columns, *keys, *checks])});\n" + "\n".join(tables)


def _nasty_values() -> str:
    values = [name for name in NAMES if "\0" not in name and max(name, default="") <= "\uffff" and name.strip()]
    columns = [
        f"v{number} varchar(80) DEFAULT {_literal(value)} COMMENT {_literal(value)}"
        for number, value in enumerate(values[:80])
    ]
    folded: dict[str, str] = {}
    for value in values:
        folded.setdefault(value.strip().casefold(), value.rstrip())
    labels = ", ".join(_literal(value) for value in folded.values() if "," not in value and value)
    return (
        f"CREATE TABLE values_nasty ({', '.join(columns)}, e enum({labels}) COLLATE utf8mb4_bin,"
        " CHECK (`v0` <> 'it''s \\\\ a; -- test'));"
    )


TABLES: dict[str, str] = {
    "table": "CREATE TABLE plain (id int NOT NULL, name varchar(40) DEFAULT NULL);",
    "table_comment": "CREATE TABLE commented (a int) COMMENT='it''s \"so\" \\\\ 100% -- ünïcode; `x`\\nnext line';",
    "options": "CREATE TABLE opted (a int PRIMARY KEY) ENGINE=InnoDB STATS_PERSISTENT=1 STATS_AUTO_RECALC=0"
    " STATS_SAMPLE_PAGES=20 PAGE_COMPRESSED=1 PAGE_COMPRESSION_LEVEL=9 MIN_ROWS=1 MAX_ROWS=1000 AVG_ROW_LENGTH=50"
    " CHECKSUM=1 DELAY_KEY_WRITE=1 PACK_KEYS=1;\n"
    "CREATE TABLE opted_aria (a int) ENGINE=Aria TRANSACTIONAL=1 PAGE_CHECKSUM=1 ROW_FORMAT=PAGE;\n"
    "CREATE TABLE opted_aria_not (a int) ENGINE=Aria TRANSACTIONAL=0;",
    "engine_and_row_format": "CREATE TABLE er1 (a text) ENGINE=InnoDB ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8;\n"
    "CREATE TABLE er2 (a int) ENGINE=MyISAM ROW_FORMAT=FIXED CHECKSUM=1;\nCREATE TABLE er3 (a int) ENGINE=MEMORY;\n"
    "CREATE TABLE er4 (a text) ENGINE=InnoDB ROW_FORMAT=REDUNDANT;\nCREATE TABLE er5 (a int) ENGINE=Aria;\n"
    "CREATE TABLE er6a (a int) ENGINE=MyISAM; CREATE TABLE er6b (a int) ENGINE=MyISAM;\n"
    "CREATE TABLE er6 (a int) ENGINE=MERGE UNION=(er6a, er6b) INSERT_METHOD=LAST;\n"
    "CREATE TABLE er7 (a int NOT NULL) ENGINE=CSV;",
    "temporal_table": "CREATE TABLE sv1 (a int, b int WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING;\n"
    "CREATE TABLE sv2 (a int, `row start` timestamp(6) GENERATED ALWAYS AS ROW START INVISIBLE COMMENT 'from',"
    " rend timestamp(6) GENERATED ALWAYS AS ROW END INVISIBLE, PERIOD FOR SYSTEM_TIME (`row start`, rend))"
    " WITH SYSTEM VERSIONING;\n"
    "CREATE TABLE sv3 (a int WITH SYSTEM VERSIONING, b int);\n"
    "CREATE TABLE sv4 (a int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME INTERVAL 1 WEEK"
    " STARTS TIMESTAMP'2030-01-01 00:00:00' AUTO PARTITIONS 4;\n"
    "CREATE TABLE sv5 (a int) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME LIMIT 1000"
    " (PARTITION h0 HISTORY, PARTITION h1 HISTORY, PARTITION now CURRENT);\n"
    "CREATE TABLE sv6 (a int, sta bigint unsigned GENERATED ALWAYS AS ROW START, fin bigint unsigned GENERATED"
    " ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (sta, fin)) ENGINE=InnoDB WITH SYSTEM VERSIONING;\n"
    "CREATE TABLE sv7 (a int, `from day` date, `to day` date, PERIOD FOR `my period` (`from day`, `to day`));",
    "types_numeric": "CREATE TABLE tn (a tinyint, b smallint, c mediumint, d int, e bigint, f decimal, g decimal(10,2),"
    " h numeric(65,30), i float, j float(7,4), k double, l double(10,3), m real, n dec(5), o fixed(5,1), p float(30),"
    " q double precision, r integer, s int4, t number(5) DEFAULT NULL, u float4, v float8);".replace(
        " t number(5) DEFAULT NULL,", ""
    ),
    "types_text": "CREATE TABLE tt (a char, b char(10), c varchar(255), d tinytext, e text, f mediumtext, g longtext,"
    " h text(300), i text(70000), j national varchar(20), k nchar(5), l long varchar, m varchar(10) binary,"
    " n char(0), o text ascii, p char(3) unicode, q character varying(12), r varchar(8000));",
    "types_binary": "CREATE TABLE tb (a binary, b binary(16), c varbinary(100), d tinyblob, e blob, f mediumblob,"
    " g longblob, h blob(70000), i char(4) byte, j binary(3) DEFAULT 'a', k varbinary(4) DEFAULT x'00ff10');",
    "types_temporal": "CREATE TABLE tm (a date, b time, c time(6), d datetime, e datetime(3), f timestamp NULL,"
    " g timestamp(6) NULL DEFAULT NULL, h year, i timestamp NOT NULL DEFAULT current_timestamp(),"
    " j datetime DEFAULT '0000-00-00 00:00:00', k date DEFAULT '2000-00-00', l timestamp NOT NULL DEFAULT 0,"
    " m time DEFAULT '-838:59:59', n timestamp NOT NULL DEFAULT '2020-02-29 12:00:00');",
    "types_json": "CREATE TABLE tj (a json, b json NOT NULL DEFAULT '{}', c json DEFAULT (json_array(1, 'it''s')),"
    " d longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin CHECK (json_valid(d)));",
    "types_uuid": "CREATE TABLE tu (a uuid, b uuid NOT NULL DEFAULT uuid(), c uuid DEFAULT"
    " '123e4567-e89b-12d3-a456-426655440000', PRIMARY KEY (b));",
    "types_bit": "CREATE TABLE tbit (a bit, b bit(8) DEFAULT b'1011', c bit(64) NOT NULL DEFAULT 5, d bit(1) DEFAULT 0x1);",
    "types_boolean": "CREATE TABLE tbool (a boolean, b bool NOT NULL DEFAULT true, c tinyint(1) DEFAULT 0);",
    "types_network": "CREATE TABLE tnet (a inet6, b inet6 NOT NULL DEFAULT '::1', c inet4 DEFAULT '127.0.0.1');",
    "types_spatial": "CREATE TABLE tg (a geometry, b point NOT NULL, c linestring, d polygon REF_SYSTEM_ID=4326,"
    " e multipoint, f multilinestring, g multipolygon, h geometrycollection, i point DEFAULT st_geomfromtext('POINT(1 2)'));",
    "types_unsigned_zerofill": "CREATE TABLE tz (a int unsigned, b int(6) zerofill, c bigint unsigned zerofill,"
    " d decimal(10,2) unsigned zerofill, e float unsigned, f double(8,2) zerofill, g tinyint signed, h int(10) unsigned NOT NULL);",
    "types_as_written": "CREATE TABLE tw (a int1, b int2, c int3, d int8, e middleint, f long, g character(3),"
    " h dec(4,1), i bool, j national character varying(9), k char varying(7));",
    "display_width": "CREATE TABLE dw (a int(3), b bigint(1), c tinyint(1), d tinyint(4), e year(4), f smallint(40), g integer(11));",
    "year_and_set": "CREATE TABLE ys (a year DEFAULT 2000, b year(4) NOT NULL, c set('a', 'b c', 'it''s', 'ö') DEFAULT 'a,it''s',"
    " d set('x') CHARACTER SET latin1 NOT NULL);",
    "column_comment": "CREATE TABLE cc (a int COMMENT 'it''s \\\\ \"x\" % ; -- é', b varchar(3) NOT NULL DEFAULT 'x' COMMENT '',"
    " c int COMMENT 'line\\nbreak\\ttab');",
    "not_null": "CREATE TABLE nul (a int NOT NULL, b int NULL, c timestamp NULL, d timestamp NOT NULL, e varchar(3) NOT NULL DEFAULT '');",
    "default_literal": "CREATE TABLE dl (a int DEFAULT 5, b int DEFAULT -1, c varchar(30) DEFAULT 'it''s \\\\ \"q\"', d decimal(5,2)"
    " DEFAULT 1.50, e date DEFAULT '2020-01-31', f float DEFAULT 1e3, g double DEFAULT -0.5, h varchar(5) DEFAULT 5,"
    " i int DEFAULT '7', j varchar(20) DEFAULT 'a\\nb\\tc\\0', k text DEFAULT 'text', l blob DEFAULT 'b', m int DEFAULT (3),"
    " n varchar(9) CHARACTER SET latin1 DEFAULT _latin1'x', o varchar(9) DEFAULT n'y', p char(4) DEFAULT '%s');",
    "default_expression": "CREATE TABLE de (a char(36) DEFAULT uuid(), b int DEFAULT (1 + 2), c date DEFAULT (current_date() + interval 1 day),"
    " d datetime(6) DEFAULT current_timestamp(6), e varchar(20) DEFAULT concat('a', 'b''c', '\\\\'), f int DEFAULT (`b` * 2),"
    " g json DEFAULT json_object('k', 'v'), h varchar(80) DEFAULT (user()), i double DEFAULT rand(), j int DEFAULT (case when `b` > 1 then 2 else 3 end));",
    "default_null_and_empty": "CREATE TABLE dn (a varchar(3) DEFAULT '', b varchar(3) DEFAULT NULL, c varchar(4) DEFAULT 'NULL', d text, e text DEFAULT '', f int DEFAULT NULL);",
    "on_update_now": "CREATE TABLE ou (a timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),"
    " b datetime(3) DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3), c datetime DEFAULT NULL ON UPDATE current_timestamp(),"
    " d timestamp(6) NULL ON UPDATE current_timestamp(6), e timestamp NOT NULL DEFAULT '2001-01-01 00:00:00' ON UPDATE now());",
    "generated_stored": "CREATE TABLE gs (a int, b int, c int GENERATED ALWAYS AS (a + b) STORED COMMENT 'sum', d varchar(20) AS (concat('x', a)) PERSISTENT,"
    " e int AS (if(a > 1, 2, '3')) STORED, UNIQUE KEY (c), CHECK (c > 0));",
    "generated_virtual": "CREATE TABLE gv (a varchar(10), j json, b varchar(10) AS (upper(a)) VIRTUAL, c varchar(20) GENERATED ALWAYS AS"
    " (json_value(j, '$.a')) VIRTUAL INVISIBLE, d int AS (char_length(a)), KEY (d));",
    "auto_increment": "CREATE TABLE ai (id int unsigned NOT NULL AUTO_INCREMENT, a int, PRIMARY KEY (id)) AUTO_INCREMENT=1000;\n"
    "CREATE TABLE ai2 (a int NOT NULL, n bigint NOT NULL AUTO_INCREMENT, UNIQUE KEY k (n), PRIMARY KEY (a)) AUTO_INCREMENT=5;\n"
    "CREATE TABLE ai3 (g char(1) NOT NULL, n int NOT NULL AUTO_INCREMENT, PRIMARY KEY (g, n)) ENGINE=MyISAM;\n"
    "CREATE TABLE ai4 (n smallint AUTO_INCREMENT, a int, KEY (n, a));",
    "serial": "CREATE TABLE ser (id SERIAL, b int); CREATE TABLE ser2 (id int NOT NULL SERIAL DEFAULT VALUE, PRIMARY KEY (id));".replace(
        " NOT NULL SERIAL", " SERIAL"
    ),
    "column_collation": "CREATE TABLE ccol (a varchar(5) COLLATE utf8mb4_bin, b varchar(5) COLLATE latin1_german2_ci, c enum('x', 'y')"
    " COLLATE utf8mb4_unicode_520_ci, d text COLLATE utf8mb3_general_ci, e char(3)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_swedish_ci;\n"
    "CREATE TABLE ccol2 (a varchar(9), b varchar(9) COLLATE utf8mb4_nopad_bin) COLLATE utf8mb4_bin;",
    "column_charset": "CREATE TABLE cch (a varchar(5) CHARACTER SET latin1, b text CHARSET utf8mb3, c char(4) CHARACTER SET ucs2 COLLATE ucs2_bin,"
    " d varchar(5), e enum('ä', 'ö') CHARACTER SET latin2, f varchar(4) CHARACTER SET binary, g varchar(5) CHARSET ascii DEFAULT 'x') DEFAULT CHARSET=cp1250;\n"
    "CREATE TABLE cch2 (a varchar(5)) CHARACTER SET utf8;",
    "column_compression": "CREATE TABLE ccm (a text COMPRESSED, b varchar(500) COMPRESSED=zlib DEFAULT 'x', c blob COMPRESSED NOT NULL);",
    "invisible_column": "CREATE TABLE inv (a int, b int INVISIBLE, c int NOT NULL DEFAULT 4 INVISIBLE COMMENT 'c', d varchar(3) INVISIBLE UNIQUE);",
    "primary_key": "CREATE TABLE pk1 (a int PRIMARY KEY); CREATE TABLE pk2 (a varchar(10), PRIMARY KEY (a));",
    "composite_primary_key": "CREATE TABLE pk3 (a int, b varchar(10), c date, PRIMARY KEY (c, a, b));",
    "unique_key": "CREATE TABLE uk (a int UNIQUE, b int UNIQUE KEY, c int, d int, UNIQUE (c), UNIQUE KEY named (c, d), UNIQUE INDEX (d, c),"
    " CONSTRAINT con UNIQUE (a, d), CONSTRAINT con2 UNIQUE KEY other (b, d));",
    "key_without_overlaps": "CREATE TABLE wol (id int, f date, t date, PERIOD FOR p (f, t), PRIMARY KEY (id, p WITHOUT OVERLAPS));\n"
    "CREATE TABLE wol2 (id int, `a b` datetime, `c d` datetime, PERIOD FOR `a period` (`a b`, `c d`), UNIQUE KEY `u u` (id, `a period` WITHOUT OVERLAPS));",
    "key_prefix": "CREATE TABLE kp (a varchar(100), b text NOT NULL, c blob, UNIQUE KEY (a(10)), PRIMARY KEY (b(20)), UNIQUE KEY two (a(5), c(7)));",
    "key_descending": "CREATE TABLE kd (a int, b int, PRIMARY KEY (a DESC, b), UNIQUE KEY (b DESC, a ASC));",
    "key_options": "CREATE TABLE ko (a int, b int, PRIMARY KEY (a) USING BTREE COMMENT 'the key', UNIQUE KEY u (b) USING BTREE COMMENT 'it''s',"
    " UNIQUE KEY h (a, b) USING HASH);",
    "foreign_key": "CREATE TABLE fk_p (id int PRIMARY KEY); CREATE TABLE fk_c (p int, q int, r int, CONSTRAINT named FOREIGN KEY (p) REFERENCES fk_p (id),"
    " FOREIGN KEY (q) REFERENCES fk_p (id), FOREIGN KEY with_index (r) REFERENCES fk_p (id));\n"
    "CREATE TABLE fk_d (p int REFERENCES fk_p (id), q int, KEY own_index (q), FOREIGN KEY (q) REFERENCES fk_p (id));",
    "composite_foreign_key": "CREATE TABLE cfk_p (a int, b char(3), PRIMARY KEY (a, b), UNIQUE (b, a));\n"
    "CREATE TABLE cfk_c (x char(3), y int, FOREIGN KEY (y, x) REFERENCES cfk_p (a, b), CONSTRAINT c2 FOREIGN KEY (x, y) REFERENCES cfk_p (b, a));",
    "self_reference": "CREATE TABLE sr (id int PRIMARY KEY, boss int, CONSTRAINT sr_boss FOREIGN KEY (boss) REFERENCES sr (id) ON DELETE SET NULL);",
    "cycle_of_references": "CREATE TABLE cy_a (id int PRIMARY KEY, b int); CREATE TABLE cy_b (id int PRIMARY KEY, a int, FOREIGN KEY (a) REFERENCES cy_a (id));\n"
    "ALTER TABLE cy_a ADD CONSTRAINT back FOREIGN KEY (b) REFERENCES cy_b (id) ON UPDATE CASCADE;",
    "foreign_key_actions": "CREATE TABLE fa_p (id int PRIMARY KEY); CREATE TABLE fa_c (a int, b int, c int, d int,"
    " CONSTRAINT fa1 FOREIGN KEY (a) REFERENCES fa_p (id) ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT fa2 FOREIGN KEY (b) REFERENCES fa_p (id) ON DELETE SET NULL ON UPDATE NO ACTION,"
    " CONSTRAINT fa3 FOREIGN KEY (c) REFERENCES fa_p (id) ON DELETE RESTRICT ON UPDATE SET NULL, CONSTRAINT fa4 FOREIGN KEY (d) REFERENCES fa_p (id) ON DELETE NO ACTION ON UPDATE RESTRICT);",
    "check_column": "CREATE TABLE ck1 (a int CHECK (a > 0), b varchar(9) CHECK (b in ('x', 'it''s', 'a\\\\b')), c int NOT NULL DEFAULT 1 CHECK (c between 1 and 9) COMMENT 'c');".replace(
        " CHECK (c between 1 and 9) COMMENT 'c'", " COMMENT 'c' CHECK (c between 1 and 9)"
    ),
    "check_table": "CREATE TABLE ck2 (a int, b int, CHECK (a < b), CONSTRAINT named CHECK (a <> 3 or b is null), CHECK (a + b > 0), CONSTRAINT `odd name` CHECK (`a` % 2 = 1));",
    "index": "CREATE TABLE ix (a int, b int, KEY (a), INDEX two (b, a), KEY `odd name` (b));\nCREATE INDEX later ON ix (a, b);",
    "unique_index": "CREATE TABLE ux (a int, b varchar(9)); CREATE UNIQUE INDEX u1 ON ux (a, b); CREATE UNIQUE INDEX u2 USING BTREE ON ux (b) COMMENT 'x';",
    "index_method": "CREATE TABLE im (a int, b int, c varchar(9), KEY h (a) USING HASH, KEY t (b) USING BTREE, KEY `both` (a, b)) ENGINE=MEMORY;\n"
    "CREATE TABLE im2 (a text, UNIQUE KEY long_hash (a));",
    "index_descending": "CREATE TABLE idx_d (a int, b int, KEY (a DESC), KEY mixed (a, b DESC));",
    "index_options": "CREATE TABLE io (a int, b int, KEY k (a) COMMENT 'c' USING BTREE, KEY clustered (b)) ENGINE=InnoDB;\n"
    "CREATE TABLE io2 (a int, KEY k (a) KEY_BLOCK_SIZE=2048) ENGINE=MyISAM;",
    "index_prefix": "CREATE TABLE ipx (a text, b blob, c varchar(300), KEY (a(20)), KEY two (b(5), c(10)));",
    "index_fulltext": "CREATE TABLE ift (a varchar(200), b text, c text, FULLTEXT KEY (a), FULLTEXT INDEX two (a, b) COMMENT 'words'); CREATE FULLTEXT INDEX third ON ift (c);",
    "index_spatial": "CREATE TABLE isp (g geometry NOT NULL, p point NOT NULL, SPATIAL KEY (g), SPATIAL INDEX named (p) COMMENT 'places');",
    "index_comment": "CREATE TABLE icm (a int, b int, KEY k (a) COMMENT 'it''s \\\\ \"this\"', UNIQUE KEY u (b) COMMENT 'uni;que');",
    "index_invisible": "CREATE TABLE iig (a int, b int, KEY quiet (a) IGNORED, KEY loud (b) NOT IGNORED, UNIQUE KEY quiet_too (a, b) IGNORED);",
    "enum_inline": "CREATE TABLE en (a enum('x', 'y'), b enum('it''s', 'b\"q', 'back\\\\slash', '', 'sp ace', 'com,ma', '(p)') NOT NULL DEFAULT 'it''s', c enum('ä', '日本') CHARACTER SET utf8mb3);",
    "enum_order": "CREATE TABLE eno (a enum('z', 'a', 'm') DEFAULT 'm');",
    "partition_range": "CREATE TABLE pr (d date NOT NULL, a int) PARTITION BY RANGE (year(d)) (PARTITION p0 VALUES LESS THAN (2000) COMMENT = 'it''s old', PARTITION `odd p` VALUES LESS THAN (2010) MAX_ROWS = 1000, PARTITION pmax VALUES LESS THAN MAXVALUE);\n"
    "CREATE TABLE pr2 (a int, b varchar(9), d datetime) PARTITION BY RANGE COLUMNS (a, b) (PARTITION p0 VALUES LESS THAN (1, 'x'), PARTITION p1 VALUES LESS THAN (MAXVALUE, MAXVALUE));\n"
    "CREATE TABLE pr3 (t timestamp NOT NULL) PARTITION BY RANGE (unix_timestamp(t)) (PARTITION p0 VALUES LESS THAN (1000000000), PARTITION p1 VALUES LESS THAN (MAXVALUE));",
    "partition_list": "CREATE TABLE pl (a int) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1, 2, NULL), PARTITION p1 VALUES IN (3));\n"
    "CREATE TABLE pl2 (a varchar(9) CHARACTER SET latin1, b int) PARTITION BY LIST COLUMNS (a) (PARTITION p0 VALUES IN ('x', 'it''s'), PARTITION p1 VALUES IN ('y'));",
    "partition_default": "CREATE TABLE pdef (a int) PARTITION BY LIST (a) (PARTITION p0 VALUES IN (1), PARTITION p1 DEFAULT);",
    "partition_hash": "CREATE TABLE ph (a int) PARTITION BY HASH (a) PARTITIONS 4;\nCREATE TABLE ph2 (a int, d date) PARTITION BY LINEAR HASH (month(d)) (PARTITION x, PARTITION y);",
    "partition_key": "CREATE TABLE pkey (a int, b int, PRIMARY KEY (a, b)) PARTITION BY KEY (b) PARTITIONS 3;\nCREATE TABLE pkey2 (a int PRIMARY KEY) PARTITION BY LINEAR KEY () PARTITIONS 2;\n"
    "CREATE TABLE pkey3 (a int) PARTITION BY KEY ALGORITHM=1 (a) PARTITIONS 2;",
    "partition_expression": "CREATE TABLE pex (a int, `b c` int) PARTITION BY HASH (abs(a) + `b c`) PARTITIONS 2;",
    "sub_partition": "CREATE TABLE sp (d date, a int) PARTITION BY RANGE (year(d)) SUBPARTITION BY HASH (a) SUBPARTITIONS 3 (PARTITION p0 VALUES LESS THAN (2000), PARTITION p1 VALUES LESS THAN MAXVALUE);\n"
    "CREATE TABLE sp2 (d date, a int) PARTITION BY RANGE (to_days(d)) SUBPARTITION BY KEY (a) (PARTITION p0 VALUES LESS THAN (100) (SUBPARTITION s0 COMMENT = 'x', SUBPARTITION s1), PARTITION p1 VALUES LESS THAN MAXVALUE (SUBPARTITION s2, SUBPARTITION s3));",
    "comments_everywhere": "CREATE TABLE ce (a int COMMENT 'col', KEY k (a) COMMENT 'idx') COMMENT='tab' PARTITION BY HASH (a) (PARTITION p COMMENT = 'part');",
    "names_nasty": _nasty_names(),
    "values_nasty": _nasty_values(),
    "long_names": f"CREATE TABLE {'t' * 64} ({'c' * 64} int, `{'é' * 64}` int, KEY {'k' * 64} ({'c' * 64}), CONSTRAINT {'x' * 64} CHECK ({'c' * 64} > 0));",
    "reserved_words": "CREATE TABLE `select` (`order` int, `group` int, `key` int, `primary` int, `index` int, `rank` int, `rows` int, `system` int, `period` int, `offset` int, PRIMARY KEY (`order`), KEY `table` (`group`), CONSTRAINT `check` CHECK (`key` > `index`));",
}  # fmt: skip
"""Construct -> SQL."""
