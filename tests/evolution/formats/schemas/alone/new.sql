CREATE TABLE a (id integer PRIMARY KEY, n integer NOT NULL, c text, CONSTRAINT "a:c" CHECK (c <> ':x;%'));
CREATE TABLE b (id integer PRIMARY KEY, a_id integer CONSTRAINT b_of_a REFERENCES a (id));
CREATE INDEX by_n ON a (n);
CREATE UNIQUE INDEX by_c ON a (c);
CREATE INDEX by_a ON b (a_id);
