CREATE TABLE users (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    mail varchar(200) NOT NULL,
    nick varchar(40) DEFAULT ':name %s %(x)s ${x}' COMMENT 'it''s \\ ; -- # first',
    mood enum('sad','it''s ok') DEFAULT 'sad',
    `back\slash` text,
    gone int,
    KEY users_by_nick (nick)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='first; line';
CREATE TABLE `say "hi" 100% :name` (
    id int NOT NULL PRIMARY KEY, `a:b` varchar(50) DEFAULT 'back\\slash\nline', user_id bigint,
    KEY `by :user` (user_id), CONSTRAINT `by :user` FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE leaving (id int NOT NULL PRIMARY KEY, note text) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
DELIMITER //
CREATE FUNCTION greet(who varchar(20)) RETURNS varchar(100) DETERMINISTIC
BEGIN
    -- a comment; with $$ and :name

    RETURN concat('hello; ', who, ' 100%');
END//
DELIMITER ;
