-- Up migration

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

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE users RENAME TO people;
CREATE VIEW users AS SELECT * FROM people $sql$);

ALTER SEQUENCE users_id_seq RENAME TO people_id_seq;

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE people RENAME CONSTRAINT users_pkey TO people_pkey $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE people RENAME COLUMN mail TO email $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE "my app"."say ""hi"" 100% :name" DROP CONSTRAINT "by :user" $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE people ADD COLUMN added integer NOT NULL DEFAULT 7 $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE people ADD COLUMN plain numeric(10,2) $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE "my app"."say ""hi"" 100% :name" ADD COLUMN "three""""""quotes" text DEFAULT '"""' $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE "my app"."say ""hi"" 100% :name" ADD COLUMN "%s" boolean NOT NULL DEFAULT true $sql$);

CREATE TABLE "my app".orders (
    id serial NOT NULL,
    person_id bigint NOT NULL,
    total numeric(10,2),
    placed timestamp with time zone DEFAULT now(),
    tags text[],
    data jsonb DEFAULT '{"a": ":b", "c": 1}'::jsonb,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_person_id_fkey FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE TABLE "my app"."both" (
    left_id integer NOT NULL,
    right_id bigint NOT NULL,
    CONSTRAINT both_pkey PRIMARY KEY (left_id, right_id),
    CONSTRAINT both_right_id_fkey FOREIGN KEY (right_id) REFERENCES people (id)
);

-- Contract: when no program needs what goes any more

-- programs know the new name by now; it stands here since steps of other stages need it done: by now no program may need what goes
DROP VIEW users;

-- it stands here since steps of other stages need it done: by now no program may need what goes
DROP INDEX CONCURRENTLY users_by_nick;

-- Expand: programs of before go on running

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE people ALTER COLUMN nick TYPE varchar(80) $sql$);

ALTER TYPE mood ADD VALUE ':happy; "quoted" \ 100%s';

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE ONLY people ALTER COLUMN nick SET DEFAULT 'other :name %s %(x)s ${x} {{ y }} #{z}' $sql$)
;

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE ONLY people ALTER COLUMN mood SET DEFAULT ':happy; "quoted" \ 100%s' $sql$);

CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$
BEGIN
    -- another comment; with a semicolon, $$ and :name, \: and ?


    -- +goose StatementEnd
    RETURN 'hello;; ' || who || ' 100%' || '\' || '"""';
END
$fn$;

CALL pg_temp.wholekey_patiently($sql$ CREATE OR REPLACE VIEW moods AS
SELECT id, mood, nick FROM people WHERE email <> ':mail;%s' $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE ONLY "my app"."say ""hi"" 100% :name" ALTER COLUMN "a:b" SET DEFAULT E'other\\slash\n\nline' $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE people ADD CONSTRAINT "ch\eck" CHECK ("back\slash" <> ':x' AND "back\slash"::text <> '%' AND "back\slash" !~ '\d:\w') NOT VALID $sql$);

-- the rows that are there, while others write
ALTER TABLE people VALIDATE CONSTRAINT "ch\eck";

CREATE INDEX CONCURRENTLY people_by_mail ON people (email);

CREATE UNIQUE INDEX CONCURRENTLY "UP ""%" ON people (lower(nick)) WHERE nick <> 'it''s :x';

CREATE FUNCTION "new;one"() RETURNS trigger LANGUAGE plpgsql AS $wholekey$ BEGIN NEW.plain := 1; RETURN NEW; END $wholekey$;

CALL pg_temp.wholekey_patiently($sql$ CREATE TRIGGER "on :change" BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION "new;one"() $sql$);

CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE "my app"."say ""hi"" 100% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES people (id) ON DELETE SET NULL NOT VALID $sql$);

-- the rows that are there, while others write
ALTER TABLE "my app"."say ""hi"" 100% :name" VALIDATE CONSTRAINT "by :user";

COMMENT ON TABLE people IS 'other line
-- +goose Down
-- migrate:down
--changeset a:b

--rollback x
//wholekey//
SQL
COMMIT;
last \ line';

COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS 'it''s %s :name \n';

-- Contract: when no program needs what goes any more

-- WM102: the column people.gone is dropped with the values of every row
CALL pg_temp.wholekey_patiently($sql$ ALTER TABLE people DROP COLUMN gone $sql$);

-- WM101: the table leaving is dropped with every row
CALL pg_temp.wholekey_patiently($sql$ DROP TABLE leaving $sql$);
