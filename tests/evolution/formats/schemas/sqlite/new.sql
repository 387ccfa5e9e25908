CREATE TABLE users (
    id INTEGER PRIMARY KEY, email TEXT NOT NULL, nick TEXT DEFAULT 'other :name %s %(x)s ${x} {{ y }} #{z}',
    "back\slash" TEXT CHECK ("back\slash" <> ':x;'), added INTEGER NOT NULL DEFAULT 7
);
CREATE INDEX users_by_mail ON users (email);
CREATE TABLE "say ""hi"" 100% :name" (
    id INTEGER PRIMARY KEY, "a:b" TEXT DEFAULT 'y
-- +goose Down

--rollback x', user_id INTEGER REFERENCES users (id) ON DELETE SET NULL, "three""""""quotes" TEXT DEFAULT '"""'
);
CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), total DECIMAL(10,2));
CREATE TRIGGER "on :change" AFTER UPDATE ON users BEGIN
    UPDATE users SET added = 1 WHERE nick = '%s;';
    DELETE FROM orders WHERE id = -1;
END;
CREATE VIEW nicks AS SELECT id, nick, added FROM users WHERE email <> ':mail;%s';
