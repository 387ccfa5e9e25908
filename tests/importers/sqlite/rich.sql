CREATE TABLE "User" (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  [full name] VARCHAR(80) COLLATE NOCASE NOT NULL ON CONFLICT IGNORE DEFAULT 'it''s; here',
  `e-mail` TEXT UNIQUE ON CONFLICT REPLACE,
  'quoted ''with'' apostrophes' NUMERIC(10, 2) CHECK ("quoted 'with' apostrophes" > 0),
  anything,
  made DEFAULT CURRENT_TIMESTAMP,
  at_night DEFAULT (datetime('now', '+1 day')),
  minus INT DEFAULT -5,
  blob_default BLOB DEFAULT x'00ff',
  truth BOOLEAN NOT NULL DEFAULT TRUE,
  doubled INT GENERATED ALWAYS AS (minus * 2) STORED,
  lowered AS (lower([full name])),
  boss INTEGER CONSTRAINT has_boss REFERENCES "User" ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
  key TEXT, "index" INT, unsigned UNSIGNED BIG INT
);
CREATE TABLE orders (
  user_id INT NOT NULL REFERENCES user(ID) ON DELETE CASCADE,
  no INT NOT NULL,
  line_id INT,
  amount REAL CHECK (amount >= 0) CONSTRAINT below CHECK (amount < 1000),
  CONSTRAINT pk PRIMARY KEY (user_id, no DESC),
  UNIQUE (no COLLATE NOCASE, amount) ON CONFLICT FAIL
  FOREIGN KEY (line_id) REFERENCES lines (id) MATCH SIMPLE ON DELETE RESTRICT
  CHECK (no <> 7)
) WITHOUT ROWID;
CREATE TABLE lines (id INTEGER PRIMARY KEY, user_id INT, order_no INT, note TEXT,
  FOREIGN KEY (user_id, order_no) REFERENCES orders ON UPDATE SET DEFAULT NOT DEFERRABLE);
CREATE TABLE exact (a INT NOT NULL, b ANY, c TEXT, PRIMARY KEY (a)) STRICT;
CREATE TABLE both (a INT PRIMARY KEY, b TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE browser ("id" INTEGER NOT NULL, "t" TEXT, PRIMARY KEY("id" AUTOINCREMENT));
CREATE TABLE lost (a INT REFERENCES nowhere (x), b INT);
CREATE INDEX by_name ON "User" (lower("full name") COLLATE NOCASE DESC, minus + 1, "e-mail" COLLATE RTRIM ASC)
  WHERE [e-mail] IS NOT NULL AND minus > 0;
CREATE UNIQUE INDEX "one; each" ON orders (amount) WHERE amount > 10;
CREATE VIEW totals (who, what) AS SELECT u.id, sum(o.amount) FROM "User" AS u LEFT JOIN orders o ON o.user_id = u.id GROUP BY 1;
CREATE VIEW over AS WITH orders2 AS (SELECT * FROM orders) SELECT * FROM orders2 JOIN totals ON who = orders2.user_id;
CREATE TRIGGER stamp AFTER UPDATE OF minus, key ON "User" WHEN new.minus > 1
BEGIN
  UPDATE "User" SET key = CASE WHEN new.key IS NULL THEN 'x;END;' ELSE 'y' END WHERE id = new.id;
  INSERT INTO lines (note) VALUES (old.key);
END;
CREATE TRIGGER "instead" INSTEAD OF INSERT ON totals BEGIN SELECT 1; END;
CREATE VIRTUAL TABLE search USING fts5(body, tokenize='porter');
CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1);
INSERT INTO "User" ([full name], minus) VALUES ('semi;colon', 3), ('CREATE TABLE fake (a);', 4);
INSERT INTO search VALUES ('text');
