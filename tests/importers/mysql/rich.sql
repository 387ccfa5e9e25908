CREATE TABLE `Kunde` (
  `id` int(10) unsigned zerofill NOT NULL AUTO_INCREMENT COMMENT 'the ''key'', the \\whole\\ key',
  `e-mail` varchar(255) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
  `weird ``name``` varchar(20) DEFAULT 'it''s \\ "quoted"\nline',
  `kind` enum('a','b''c','d,e','(f)') NOT NULL DEFAULT 'a',
  `flags` set('x','y z') DEFAULT 'x,y z',
  `amount` decimal(10,2) NOT NULL DEFAULT -1.50,
  `doubled` decimal(12,2) GENERATED ALWAYS AS (`amount` * 2) STORED,
  `lower_mail` varchar(255) GENERATED ALWAYS AS (lower(`e-mail`)) VIRTUAL,
  `made` timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
  `seen` timestamp NULL DEFAULT NULL,
  `uid` char(36) DEFAULT uuid(),
  `bits` bit(4) DEFAULT b'101',
  `raw` binary(16) DEFAULT x'6100',
  `doc` json DEFAULT json_object('a', 1),
  `hidden` int INVISIBLE DEFAULT 3,
  `body` longtext,
  `place` point NOT NULL,
  `ratio` double unsigned,
  `born` year DEFAULT 2000,
  `boss` int(10) unsigned zerofill,
  PRIMARY KEY (`id`),
  UNIQUE KEY `mail` (`e-mail`(40)) USING BTREE COMMENT 'one "mail" each',
  UNIQUE KEY `two` (`kind`, `amount`),
  KEY `mixed` (`amount` DESC, `kind`),
  KEY `prefix` (`body`(100)),
  FULLTEXT KEY `words` (`body`),
  SPATIAL KEY `place` (`place`),
  CONSTRAINT `boss` FOREIGN KEY (`boss`) REFERENCES `Kunde` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT `positive` CHECK (`amount` > -10 AND `kind` <> 'check (it)')
) ENGINE=InnoDB AUTO_INCREMENT=17 ROW_FORMAT=DYNAMIC COMMENT='who ''buys''; -- or not' DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `order` (
  `id` bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  `customer` int(10) unsigned zerofill NOT NULL,
  `kind` enum('a','b''c','d,e','(f)') NOT NULL,
  `amount` decimal(10,2) NOT NULL,
  `check` int CHECK (`check` > 0),
  `last_line` int,
  CONSTRAINT FOREIGN KEY (`customer`) REFERENCES `Kunde` (`id`) ON DELETE CASCADE,
  FOREIGN KEY `composite` (`kind`, `amount`) REFERENCES `Kunde` (`kind`, `amount`)
);

CREATE TABLE `line` (
  `order_id` bigint NOT NULL,
  `no` int NOT NULL,
  `text` varchar(100) COLLATE utf8mb4_bin,
  PRIMARY KEY (`order_id`, `no`),
  UNIQUE (`no`),
  FOREIGN KEY (`order_id`) REFERENCES `order` (`id`)
);
ALTER TABLE `order` ADD CONSTRAINT `circle` FOREIGN KEY (`last_line`) REFERENCES `line` (`no`) ON DELETE RESTRICT;

CREATE TABLE `measure` (
  `day` date NOT NULL,
  `value` double,
  `region` int NOT NULL DEFAULT 0
) ENGINE=InnoDB
PARTITION BY RANGE (year(`day`)) SUBPARTITION BY HASH (`region`) SUBPARTITIONS 2
(PARTITION `old` VALUES LESS THAN (2020), PARTITION `rest` VALUES LESS THAN MAXVALUE);
CREATE TABLE `by_list` (`a` int, `b` varchar(5)) PARTITION BY LIST COLUMNS (`a`, `b`) (PARTITION `p` VALUES IN ((1, 'x'), (2, 'y')));
CREATE TABLE `by_key` (`a` int PRIMARY KEY) ENGINE=Aria PAGE_CHECKSUM=1 PARTITION BY LINEAR KEY () PARTITIONS 3;
CREATE TABLE `versioned` (`a` int, `b` int WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING;
CREATE TABLE `in memory` (`a` int, KEY `h` (`a`) USING HASH, UNIQUE KEY `u` (`a`) USING HASH) ENGINE=MEMORY MAX_ROWS=1000;
CREATE TABLE `squeezed` (`t` text COMPRESSED, `i` int, KEY `quiet` (`i`) IGNORED);
CREATE SEQUENCE `numbers` START WITH 100 INCREMENT BY -5 MINVALUE -1000 MAXVALUE 100 CACHE 7 CYCLE;

CREATE VIEW `totals` AS
  SELECT `k`.`id` AS `customer`, sum(`o`.`amount`) AS `total` FROM `Kunde` `k` LEFT JOIN `order` `o` ON `o`.`customer` = `k`.`id` GROUP BY `k`.`id`;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW `big` AS SELECT * FROM `order` WHERE `amount` > 100 WITH LOCAL CHECK OPTION;
CREATE VIEW `a_view_of_views` AS SELECT `t`.`customer` FROM `totals` `t` JOIN `big` ON `big`.`customer` = `t`.`customer`;

INSERT INTO `Kunde` (`amount`, `e-mail`, `place`, `weird ``name```) VALUES (1, 'a@b', point(1, 2), 'semi;colon'), (2, 'c''@d', point(3, 4), 'back\\slash');

DELIMITER //
CREATE TRIGGER `before_order` BEFORE INSERT ON `order` FOR EACH ROW
BEGIN
  IF NEW.`amount` < 0 THEN
    SET NEW.`amount` = 0; -- a comment; with a semicolon
  END IF;
END//
CREATE TRIGGER `single` AFTER DELETE ON `line` FOR EACH ROW INSERT INTO `measure` VALUES (now(), OLD.`no`, 1)//
CREATE PROCEDURE `clean up`(IN `days` int, OUT `gone` int)
  COMMENT 'removes; everything'
BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END;
  WHILE `days` > 0 DO SET `days` = `days` - 1; END WHILE;
  SELECT CASE WHEN `days` THEN 1 ELSE 2 END INTO `gone`;
END//
CREATE FUNCTION `tax`(`x` decimal(10,2)) RETURNS decimal(10,2) DETERMINISTIC RETURN `x` * 0.19//
CREATE EVENT `nightly` ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO BEGIN DELETE FROM `measure`; DELETE FROM `line`; END//
DELIMITER ;
