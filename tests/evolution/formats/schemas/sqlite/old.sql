CREATE TABLE users (
    id INTEGER PRIMARY KEY, mail TEXT NOT NULL, nick TEXT DEFAULT ':name %s %(x)s ${x}', "back\slash" TEXT, gone INTEGER
);
CREATE INDEX users_by_nick ON users (nick);
CREATE TABLE "say ""hi"" 100% :name" (
    id INTEGER PRIMARY KEY, "a:b" TEXT DEFAULT 'x', user_id INTEGER REFERENCES users (id)
);
CREATE TABLE leaving (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW nicks AS SELECT id, nick FROM users WHERE mail <> ':mail;%s';
