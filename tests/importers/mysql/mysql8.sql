-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------
-- Server version	8.0.36

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
SET @MYSQLDUMP_TEMP_LOG_BIN = @@SESSION.SQL_LOG_BIN;
SET @@SESSION.SQL_LOG_BIN= 0;
SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ 'a0f1-1:1-5';

--
-- Table structure for table `account`
--

DROP TABLE IF EXISTS `account`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE `account` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `email` varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` varchar(100) COLLATE utf8mb4_0900_as_cs DEFAULT NULL,
  `secret` varchar(20) DEFAULT NULL /*!80023 INVISIBLE */,
  `doc` json NOT NULL DEFAULT (json_object(_utf8mb4'a',1)),
  `tags` json DEFAULT NULL,
  `uid` binary(16) NOT NULL DEFAULT (uuid_to_bin(uuid())),
  `place` point NOT NULL /*!80003 SRID 4326 */,
  `kind` enum('a','it''s') NOT NULL DEFAULT 'a',
  `flags` set('x','y') DEFAULT NULL,
  `upper_name` varchar(100) GENERATED ALWAYS AS (upper(`name`)) VIRTUAL,
  `tag_count` int GENERATED ALWAYS AS (json_length(`tags`)) STORED,
  `balance` decimal(12,2) unsigned DEFAULT '0.00' COMMENT 'in ''EUR''',
  `made` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `born` year DEFAULT NULL,
  `bits` bit(3) DEFAULT b'101',
  `my_row_id` bigint unsigned NOT NULL /*!80023 INVISIBLE */ DEFAULT '0',
  `label` varchar(10) COLLATE utf8mb4_bin DEFAULT (concat(_utf8mb4'x',_utf8mb4'\\y')),
  PRIMARY KEY (`id`),
  UNIQUE KEY `mail` (`email`),
  UNIQUE KEY `low` ((lower(`name`))),
  KEY `made` (`made` DESC,`id`),
  KEY `hidden` (`born`) /*!80000 INVISIBLE */,
  KEY `tags` ((cast(json_extract(`tags`,_utf8mb4'$[*]') as unsigned array))),
  KEY `expr` (((`balance` * 2)) DESC),
  KEY `prefix` (`name`(10)) COMMENT 'first ten',
  FULLTEXT KEY `words` (`name`) /*!50100 WITH PARSER `ngram` */ ,
  SPATIAL KEY `place` (`place`),
  CONSTRAINT `positive` CHECK ((`balance` > 0)),
  CONSTRAINT `soft` CHECK ((`born` > 1900)) /*!80016 NOT ENFORCED */
) /*!50100 TABLESPACE `innodb_file_per_table` */ ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci STATS_PERSISTENT=1 KEY_BLOCK_SIZE=8 COMMENT='people' /*!80016 ENCRYPTION='N' */;
/*!40101 SET character_set_client = @saved_cs_client */;

CREATE TABLE `metric` (
  `day` date NOT NULL,
  `account_id` bigint unsigned NOT NULL,
  `value` double DEFAULT NULL,
  PRIMARY KEY (`day`,`account_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
/*!50500 PARTITION BY RANGE  COLUMNS(`day`)
(PARTITION p2023 VALUES LESS THAN ('2024-01-01') ENGINE = InnoDB,
 PARTITION pmax VALUES LESS THAN (MAXVALUE) COMMENT = 'rest' ENGINE = InnoDB) */;

CREATE TABLE `hashed` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=latin1
/*!50100 PARTITION BY KEY (id)
PARTITIONS 4 */;

CREATE TABLE `entry` (
  `id` int NOT NULL,
  `account_id` bigint unsigned DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `account_id` (`account_id`),
  CONSTRAINT `entry_ibfk_1` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE SET NULL ON UPDATE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;

/*!50003 SET @saved_cs_client      = @@character_set_client */ ;
/*!50003 SET @saved_col_connection = @@collation_connection */ ;
/*!50003 SET character_set_client  = utf8mb4 */ ;
/*!50003 SET collation_connection  = utf8mb4_0900_ai_ci */ ;
/*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
/*!50003 SET sql_mode              = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES' */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`app`@`%`*/ /*!50003 TRIGGER `entry_bi` BEFORE INSERT ON `entry` FOR EACH ROW BEGIN
  IF NEW.account_id IS NULL THEN SET NEW.account_id = 1; END IF;
END */;;
DELIMITER ;
/*!50003 SET sql_mode              = @saved_sql_mode */ ;
/*!50003 SET character_set_client  = @saved_cs_client */ ;
/*!50003 SET collation_connection  = @saved_col_connection */ ;

/*!50106 SET @save_time_zone= @@TIME_ZONE */ ;
DELIMITER ;;
/*!50003 SET time_zone             = 'SYSTEM' */ ;;
/*!50106 CREATE*/ /*!50117 DEFINER=`app`@`%`*/ /*!50106 EVENT `tidy` ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE DO DELETE FROM metric */ ;;
DELIMITER ;
/*!50106 SET TIME_ZONE= @save_time_zone */ ;

DELIMITER ;;
CREATE DEFINER=`app`@`%` FUNCTION `twice`(x int) RETURNS int
    NO SQL
    DETERMINISTIC
RETURN x * 2 ;;
DELIMITER ;

/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`app`@`%` SQL SECURITY INVOKER */
/*!50001 VIEW `names` AS select `account`.`id` AS `id`,`account`.`name` AS `name` from `account` where (`account`.`balance` > 0) */
/*!50002 WITH CASCADED CHECK OPTION */;

-- Dump completed on 2026-01-01  0:00:00
