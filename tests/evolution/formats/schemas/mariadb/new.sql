CREATE TABLE users (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email varchar(200) NOT NULL,
    nick varchar(80) DEFAULT 'other :name %s %(x)s ${x} {{ y }} #{z}' COMMENT 'it''s \\ ; -- # other\n\nline',
    mood enum('sad','it''s ok',':happy; "quoted" 100%s') DEFAULT ':happy; "quoted" 100%s',
    `back\slash` text,
    added int NOT NULL DEFAULT 7,
    KEY users_by_mail (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='other; line\n-- +goose Down\n--rollback x\nSQL\n\\';
CREATE TABLE `say "hi" 100% :name` (
    id int NOT NULL PRIMARY KEY, `a:b` varchar(50) DEFAULT 'other\\slash\n\nline', user_id bigint,
    `three"""quotes` varchar(20) DEFAULT '"""', `%s` tinyint(1) NOT NULL DEFAULT 1,
    KEY `by :user` (user_id), CONSTRAINT `by :user` FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE orders (
    id int NOT NULL AUTO_INCREMENT PRIMARY KEY, user_id bigint NOT NULL, total decimal(10,2), placed datetime,
    KEY of_user (user_id), CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
DELIMITER //
CREATE FUNCTION greet(who varchar(20)) RETURNS varchar(100) DETERMINISTIC
BEGIN
    -- another comment; with $$ and :name, \: and ?


    -- +goose StatementEnd
    RETURN concat('hello;; ', who, ' 100%', '"""');
END//
CREATE TRIGGER `on :change` BEFORE UPDATE ON users FOR EACH ROW
BEGIN
    SET NEW.added = 1;
    SET NEW.nick = '%s // $$';
END//
DELIMITER ;
