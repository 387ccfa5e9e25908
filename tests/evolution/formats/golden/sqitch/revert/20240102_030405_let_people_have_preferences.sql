-- Revert 20240102_030405_let_people_have_preferences
-- for pg

BEGIN;

SET check_function_bodies = off;

ALTER TABLE people RENAME TO users;

ALTER SEQUENCE people_id_seq RENAME TO users_id_seq;

ALTER TABLE users RENAME CONSTRAINT people_pkey TO users_pkey;

ALTER TABLE users RENAME COLUMN email TO mail;

COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS NULL;

ALTER TABLE ONLY users ALTER COLUMN mood DROP DEFAULT;

ALTER TABLE users DROP CONSTRAINT "ch\eck";

DROP INDEX people_by_mail;

DROP INDEX "UP ""%";

DROP TRIGGER "on :change" ON users;

DROP VIEW moods;

DROP FUNCTION "new;one"();

ALTER TABLE "my app"."say ""hi"" 100% :name" DROP CONSTRAINT "by :user";

ALTER TABLE users ADD COLUMN gone integer;

CREATE TABLE leaving (
    id integer NOT NULL,
    note text,
    user_id bigint NOT NULL,
    CONSTRAINT leaving_pkey PRIMARY KEY (id),
    CONSTRAINT leaving_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

-- WM104: users.nick goes from varchar(80) to varchar(40), which does not hold all that was there
ALTER TABLE users ALTER COLUMN nick TYPE varchar(40);

ALTER TYPE mood RENAME TO mood__old;

CREATE TYPE mood AS ENUM ('sad', 'it''s ok');

-- WM105: users.mood may no longer be ':happy; "quoted" \ 100%s'; rows that are stop the migration
ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood;

DROP TYPE mood__old;

ALTER TABLE ONLY users ALTER COLUMN nick SET DEFAULT ':name %s %(x)s ${x}';

CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$
BEGIN
    -- a comment; with a semicolon, $$ and :name

    RETURN 'hello; ' || who || ' 100%';
END
$fn$;

ALTER TABLE ONLY "my app"."say ""hi"" 100% :name" ALTER COLUMN "a:b" SET DEFAULT E'back\\slash\nline';

ALTER TABLE ONLY users ALTER COLUMN mood SET DEFAULT 'sad';

CREATE INDEX users_by_nick ON users (nick);

CREATE VIEW moods AS
SELECT id, mood FROM users WHERE mail <> ':mail;%s';

ALTER TABLE "my app"."say ""hi"" 100% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES users (id);

COMMENT ON TABLE users IS 'first line
-- +goose Down
-- migrate:down

--changeset a:b
SQL
last \ line';

-- WM102: the column users.added is dropped with the values of every row
ALTER TABLE users DROP COLUMN added;

-- WM102: the column users.plain is dropped with the values of every row
ALTER TABLE users DROP COLUMN plain;

-- WM102: the column my app.say "hi" 100% :name.three"""quotes is dropped with the values of every row
ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "three""""""quotes";

-- WM102: the column my app.say "hi" 100% :name.%s is dropped with the values of every row
ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "%s";

-- WM101: the table my app.orders is dropped with every row
DROP TABLE "my app".orders;

-- WM101: the table my app.both is dropped with every row
DROP TABLE "my app"."both";

COMMIT;
