CREATE TABLE users (
    id int(10) unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'it''s \\ mail',
    status enum('a','b;','c''d') NOT NULL DEFAULT 'a',
    flags set('x','y') DEFAULT NULL,
    amount decimal(10,2) DEFAULT 0.00,
    created_at timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
    seen timestamp NULL DEFAULT NULL,
    at3 datetime(3) DEFAULT current_timestamp(3),
    bio text DEFAULT NULL,
    body longtext CHECK (json_valid(`body`)),
    g int(11) GENERATED ALWAYS AS (`amount` * 2) STORED,
    v varchar(10) GENERATED ALWAYS AS (left(`email`,10)) VIRTUAL,
    inv int DEFAULT 3 INVISIBLE,
    pt point NOT NULL,
    UNIQUE KEY email (email),
    CONSTRAINT pos CHECK (`amount` >= 0),
    KEY bio_idx (bio(20), status DESC),
    FULLTEXT KEY ft (bio),
    SPATIAL KEY sp (pt),
    KEY hashk USING HASH (amount) COMMENT 'kk'
) ENGINE=InnoDB AUTO_INCREMENT=17 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci ROW_FORMAT=DYNAMIC COMMENT='users; table';

CREATE TABLE posts (
    id bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id int(10) unsigned DEFAULT NULL,
    parent bigint(20) DEFAULT NULL,
    last_comment bigint(20) DEFAULT NULL,
    CONSTRAINT posts_ibfk_1 FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT self FOREIGN KEY (parent) REFERENCES posts (id),
    KEY user_id (user_id),
    KEY parent (parent),
    KEY lc (last_comment)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE comments (
    id bigint(20) NOT NULL PRIMARY KEY,
    post_id bigint(20),
    CONSTRAINT c_p FOREIGN KEY (post_id) REFERENCES posts (id),
    KEY p (post_id)
) ENGINE=InnoDB;

CREATE TABLE part (
    id int NOT NULL,
    d date NOT NULL,
    PRIMARY KEY (id, d)
) ENGINE=InnoDB
PARTITION BY RANGE (year(d)) (PARTITION p0 VALUES LESS THAN (2020) ENGINE = InnoDB, PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB);

CREATE TABLE part2 (
    id int NOT NULL PRIMARY KEY
)
PARTITION BY KEY () PARTITIONS 4;

CREATE TABLE sv (
    a int,
    b int
);

CREATE VIEW v2 AS
SELECT id AS q FROM posts;

CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW v1 (x) AS
SELECT id FROM users WHERE amount > 3
WITH CASCADED CHECK OPTION;

DELIMITER $$
CREATE FUNCTION fn(a int) RETURNS int DETERMINISTIC BEGIN DECLARE x INT; SET x = a; RETURN x + 1; END
$$
DELIMITER ;

DELIMITER $$
CREATE PROCEDURE pr(IN a int, OUT b int) BEGIN SET b = a; END
$$
DELIMITER ;

ALTER TABLE posts ADD CONSTRAINT lc FOREIGN KEY (last_comment) REFERENCES comments (id);

DELIMITER $$
CREATE TRIGGER trg BEFORE INSERT ON posts FOR EACH ROW BEGIN SET NEW.parent = NULL; SET NEW.user_id = 1; END
$$
DELIMITER ;

DELIMITER $$
CREATE EVENT ev ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM posts; SELECT 1; END
$$
DELIMITER ;

-- Notes
-- no-sequences: sq: MySQL has no such thing; the sequence is left out
-- no-versioning: sv: MySQL keeps no history of rows
