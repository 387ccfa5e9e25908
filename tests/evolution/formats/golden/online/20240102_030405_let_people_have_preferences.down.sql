-- Down migration
-- its rows or values do not come back: column people.gone
-- its rows or values do not come back: table leaving

-- Expand: programs of before go on running

CREATE OR REPLACE PROCEDURE pg_temp.wholekey_patiently(statements text) LANGUAGE plpgsql AS $body$ 
DECLARE
    attempt integer := 0;
BEGIN
    LOOP
        attempt := attempt + 1;
        BEGIN
            PERFORM set_config('lock_timeout', '5s', true);
            EXECUTE statements;
            EXIT;
        EXCEPTION WHEN lock_not_available THEN
            IF attempt >= 10 THEN
                RAISE;
            END IF;
            PERFORM pg_sleep(attempt);
        END;
    END LOOP;
END $body$;

SET check_function_bodies = off;

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE people RENAME TO users;
CREATE VIEW people AS SELECT * FROM users $sql$);

ALTER SEQUENCE people_id_seq RENAME TO users_id_seq;

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE users RENAME CONSTRAINT people_pkey TO users_pkey $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE users RENAME COLUMN email TO mail $sql$);

COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS NULL;

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE ONLY users ALTER COLUMN mood DROP DEFAULT $sql$);

-- Contract: when no program needs what goes any more

-- programs know the new name by now; it stands here since steps of other stages need it done: by now no program may need what goes
DROP VIEW people;

-- Expand: programs of before go on running

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE users DROP CONSTRAINT "ch\eck" $sql$);

-- Contract: when no program needs what goes any more

-- it stands here since steps of other stages need it done: by now no program may need what goes
DROP INDEX CONCURRENTLY people_by_mail;

-- it stands here since steps of other stages need it done: by now no program may need what goes
DROP INDEX CONCURRENTLY "UP ""%";

-- Expand: programs of before go on running

CALL pg_temp.wholekey_patiently($sql$ DROP TRIGGER "on :change" ON users $sql$);

CALL pg_temp.wholekey_patiently($sql$ DROP VIEW moods $sql$);

DROP FUNCTION "new;one"();

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE "my app"."say ""hi"" 100% :name" DROP CONSTRAINT "by :user" $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE users ADD COLUMN gone integer $sql$);

CREATE TABLE leaving (
    id integer NOT NULL,
    note text,
    user_id bigint NOT NULL,
    CONSTRAINT leaving_pkey PRIMARY KEY (id),
    CONSTRAINT leaving_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

-- WM104: users.nick goes from varchar(80) to varchar(40), which does not hold all that was there
CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE users ALTER COLUMN nick TYPE varchar(40) $sql$);

ALTER TYPE mood RENAME TO mood__old;

CREATE TYPE mood AS ENUM ('sad', 'it''s ok');

-- WM105: users.mood may no longer be ':happy; "quoted" \ 100%s'; rows that are stop the migration
CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood $sql$);

DROP TYPE mood__old;

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE ONLY users ALTER COLUMN nick SET DEFAULT ':name %s %(x)s ${x}' $sql$);

CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$
BEGIN
    -- a comment; with a semicolon, $$ and :name

    RETURN 'hello; ' || who || ' 100%';
END
$fn$;

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE ONLY "my app"."say ""hi"" 100% :name" ALTER COLUMN "a:b" SET DEFAULT E'back\\slash\nline' $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE ONLY users ALTER COLUMN mood SET DEFAULT 'sad' $sql$);

CREATE INDEX CONCURRENTLY users_by_nick ON users (nick);

CREATE VIEW moods AS
SELECT id, mood FROM users WHERE mail <> ':mail;%s';

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE "my app"."say ""hi"" 100% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID $sql$);

-- the rows that are there, while others write
ALTER TABLE "my app"."say ""hi"" 100% :name" VALIDATE CONSTRAINT "by :user";

COMMENT ON TABLE users IS 'first line
-- +goose Down
-- migrate:down

--changeset a:b
SQL
last \ line';

-- Contract: when no program needs what goes any more

-- WM102: the column users.added is dropped with the values of every row
CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE users DROP COLUMN added $sql$);

-- WM102: the column users.plain is dropped with the values of every row
CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE users DROP COLUMN plain $sql$);

-- WM102: the column my app.say "hi" 100% :name.three"""quotes is dropped with the values of every row
CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "three""""""quotes" $sql$);

-- WM102: the column my app.say "hi" 100% :name.%s is dropped with the values of every row
CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "%s" $sql$);

-- WM101: the table my app.orders is dropped with every row
CALL pg_temp.wholekey_patiently($sql$ DROP TABLE "my app".orders $sql$);

-- WM101: the table my app.both is dropped with every row
CALL pg_temp.wholekey_patiently($sql$ DROP TABLE "my app"."both" $sql$);
