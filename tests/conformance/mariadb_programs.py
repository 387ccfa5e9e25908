"""The constructs of MariaDB that are programs or queries: views, routines, triggers, events, sequences."""

from __future__ import annotations

PROGRAMS: dict[str, str] = {
    "sequence": "CREATE SEQUENCE s_plain; CREATE SEQUENCE `s odd`;",
    "sequence_options": "CREATE SEQUENCE so START WITH 100 INCREMENT BY 10 MINVALUE 5 MAXVALUE 100000 CACHE 7;\n"
    "CREATE SEQUENCE so2 INCREMENT BY -1 NOCACHE MAXVALUE 10 MINVALUE -10; CREATE SEQUENCE so3 INCREMENT BY 0 ENGINE=Aria COMMENT='x';",
    "sequence_cycle": "CREATE SEQUENCE scy MAXVALUE 10 CYCLE;",
    "owned_sequence": "CREATE SEQUENCE s_used; CREATE TABLE uses_s (id bigint NOT NULL DEFAULT nextval(s_used) PRIMARY KEY, b int DEFAULT (lastval(s_used)));",
    "view": "CREATE TABLE v_t (a int, b varchar(9)); CREATE VIEW v_plain AS SELECT a, b AS c, 'it''s; \\\\ x' AS d, count(*) AS n FROM v_t WHERE b <> '--' GROUP BY a, b;",
    "view_columns": "CREATE VIEW v_cols (x, `odd name`) AS SELECT 1, 2 UNION ALL SELECT 3, 4;",
    "view_options": "CREATE TABLE vo_t (a int); CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW vo_m AS SELECT a FROM vo_t;\n"
    "CREATE ALGORITHM=TEMPTABLE VIEW vo_t2 AS SELECT a FROM vo_t;",
    "view_check_option": "CREATE TABLE vc_t (a int); CREATE VIEW vc_l AS SELECT a FROM vc_t WHERE a > 1 WITH LOCAL CHECK OPTION;\nCREATE VIEW vc_c AS SELECT a FROM vc_l WHERE a < 9 WITH CHECK OPTION;",
    "view_of_view": "CREATE TABLE vv_t (a int); CREATE VIEW vv_z AS SELECT a FROM vv_t; CREATE VIEW vv_a AS SELECT z.a FROM vv_z z JOIN vv_t ON vv_t.a = z.a;",
    "recursive_view": "CREATE VIEW v_rec AS WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r;",
    "view_definer": "CREATE DEFINER=`nobody`@`%` VIEW v_def AS SELECT 1 AS a; CREATE DEFINER=`it's`@`10.0.0.%` SQL SECURITY INVOKER VIEW v_def2 AS SELECT 2 AS b;",
    "function": "CREATE FUNCTION f_plain(a int, `b c` varchar(9)) RETURNS varchar(20) CHARACTER SET latin1 DETERMINISTIC NO SQL COMMENT 'it''s; \\\\' RETURN concat(a, `b c`);\n"
    "CREATE DEFINER=`nobody`@`%` FUNCTION f_def() RETURNS int READS SQL DATA SQL SECURITY INVOKER RETURN 1;\n"
    "SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'; CREATE FUNCTION f_mode(a text) RETURNS text RETURN a || 'x' || \"a\"; SET sql_mode = DEFAULT;\n"
    "DELIMITER //\nCREATE FUNCTION f_body(x int) RETURNS int\nBEGIN\n  DECLARE y int DEFAULT 0; -- a; comment\n  /* another; */\n  CASE x WHEN 1 THEN SET y = 2; ELSE SET y = 3; END CASE;\n"
    "  lbl: LOOP SET y = y + 1; IF y > 10 THEN LEAVE lbl; END IF; END LOOP lbl;\n  RETURN if(y > 5, y, -y);\nEND\n//\nDELIMITER ;",
    "function_uses_table_type": "CREATE TABLE fut (a int, b varchar(9));\nDELIMITER //\nCREATE FUNCTION f_type() RETURNS int BEGIN DECLARE r ROW TYPE OF fut; DECLARE c TYPE OF fut.b; SELECT * INTO r FROM fut LIMIT 1; RETURN r.a; END\n//\nDELIMITER ;",
    "procedure": "DELIMITER $$\nCREATE DEFINER=`app`@`localhost` PROCEDURE `p odd`(IN a int, OUT b varchar(30), INOUT c decimal(10,2))\n    MODIFIES SQL DATA\n    SQL SECURITY INVOKER\n    COMMENT 'does; things'\n"
    "BEGIN\n  DECLARE done int DEFAULT 0;\n  DECLARE cur CURSOR FOR SELECT 1;\n  DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1;\n  START TRANSACTION;\n  WHILE a > 0 DO SET a = a - 1; END WHILE;\n  REPEAT SET a = a + 1; UNTIL a > 3 END REPEAT;\n"
    "  IF a THEN SELECT 'DELIMITER //' INTO b; ELSEIF c THEN COMMIT; ELSE ROLLBACK; END IF;\n  FOR i IN 1..3 DO SET c = c + i; END FOR;\nEND\n$$\nDELIMITER ;\nCREATE PROCEDURE p_single() SELECT 1;",
    "aggregate": "DELIMITER //\nCREATE AGGREGATE FUNCTION agg_sum(x int) RETURNS int\nBEGIN\n  DECLARE s int DEFAULT 0;\n  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN s;\n  LOOP FETCH GROUP NEXT ROW; SET s = s + x; END LOOP;\nEND\n//\nDELIMITER ;",
    "trigger": "CREATE TABLE tr_t (id int PRIMARY KEY, a int, `odd col` varchar(9)); CREATE TABLE tr_log (a int);\n"
    "CREATE TRIGGER tr_bi BEFORE INSERT ON tr_t FOR EACH ROW SET NEW.a = coalesce(NEW.a, 0);\n"
    "CREATE TRIGGER tr_bi2 BEFORE INSERT ON tr_t FOR EACH ROW PRECEDES tr_bi SET NEW.`odd col` = 'x';\n"
    "CREATE TRIGGER tr_bi3 BEFORE INSERT ON tr_t FOR EACH ROW FOLLOWS tr_bi2 SET NEW.a = NEW.a + 1;\n"
    "DELIMITER //\nCREATE DEFINER=`nobody`@`%` TRIGGER `tr odd` AFTER UPDATE ON tr_t FOR EACH ROW\nBEGIN\n  IF OLD.a <> NEW.a THEN\n    INSERT INTO tr_log VALUES (NEW.a); -- semi;colon\n  END IF;\nEND\n//\nDELIMITER ;\n"
    "CREATE TRIGGER tr_ad AFTER DELETE ON tr_t FOR EACH ROW DELETE FROM tr_log WHERE a = OLD.a;\n"
    "SET sql_mode = 'ANSI'; CREATE TRIGGER tr_mode BEFORE UPDATE ON tr_t FOR EACH ROW SET NEW.\"odd col\" = 'a' || 'b'; SET sql_mode = DEFAULT;",
    "event": "CREATE TABLE ev_t (a int);\nCREATE EVENT ev_every ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2030-01-01 00:00:00' ENDS '2037-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'it''s' DO DELETE FROM ev_t;\n"
    "CREATE EVENT ev_once ON SCHEDULE AT '2037-01-01 00:00:00' DO INSERT INTO ev_t VALUES (1);\n"
    "SET time_zone = '+02:00'; CREATE DEFINER=`nobody`@`%` EVENT ev_zone ON SCHEDULE EVERY 1 DAY STARTS '2030-06-01 12:00:00' DO SELECT 1; SET time_zone = DEFAULT;\n"
    "DELIMITER //\nCREATE EVENT `ev odd` ON SCHEDULE EVERY 1 MONTH STARTS '2030-01-01 00:00:00' DO BEGIN DELETE FROM ev_t; DELETE FROM ev_t; END\n//\nDELIMITER ;",
}  # fmt: skip
"""Construct -> SQL."""
