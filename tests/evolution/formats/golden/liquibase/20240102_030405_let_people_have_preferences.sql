--liquibase formatted sql

--changeset wholekey:20240102_030405_let_people_have_preferences-1 stripComments:false splitStatements:false rollbackSplitStatements:false
SET check_function_bodies = off;
ALTER TABLE users RENAME TO people;
ALTER SEQUENCE users_id_seq RENAME TO people_id_seq;
ALTER TABLE people RENAME CONSTRAINT users_pkey TO people_pkey;
ALTER TABLE people RENAME COLUMN mail TO email;
DROP INDEX users_by_nick;
ALTER TABLE "my app"."say ""hi"" 100% :name" DROP CONSTRAINT "by :user";
ALTER TABLE people ADD COLUMN added integer NOT NULL DEFAULT 7;
ALTER TABLE people ADD COLUMN plain numeric(10,2);
ALTER TABLE "my app"."say ""hi"" 100% :name" ADD COLUMN "three""""""quotes" text DEFAULT '"""';
ALTER TABLE "my app"."say ""hi"" 100% :name" ADD COLUMN "%s" boolean NOT NULL DEFAULT true;
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
ALTER TABLE people ALTER COLUMN nick TYPE varchar(80);
--rollback SET check_function_bodies = off;
--rollback ALTER TABLE people RENAME TO users;
--rollback ALTER SEQUENCE people_id_seq RENAME TO users_id_seq;
--rollback ALTER TABLE users RENAME CONSTRAINT people_pkey TO users_pkey;
--rollback ALTER TABLE users RENAME COLUMN email TO mail;
--rollback COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS NULL;
--rollback ALTER TABLE ONLY users ALTER COLUMN mood DROP DEFAULT;
--rollback ALTER TABLE users DROP CONSTRAINT "ch\eck";
--rollback DROP INDEX people_by_mail;
--rollback DROP INDEX "UP ""%";
--rollback DROP TRIGGER "on :change" ON users;
--rollback DROP VIEW moods;
--rollback DROP FUNCTION "new;one"();
--rollback ALTER TABLE "my app"."say ""hi"" 100% :name" DROP CONSTRAINT "by :user";
--rollback ALTER TABLE users ADD COLUMN gone integer;
--rollback CREATE TABLE leaving (
--rollback     id integer NOT NULL,
--rollback     note text,
--rollback     user_id bigint NOT NULL,
--rollback     CONSTRAINT leaving_pkey PRIMARY KEY (id),
--rollback     CONSTRAINT leaving_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
--rollback );
--rollback -- WM104: users.nick goes from varchar(80) to varchar(40), which does not hold all that was there
--rollback ALTER TABLE users ALTER COLUMN nick TYPE varchar(40);
--rollback ALTER TYPE mood RENAME TO mood__old;
--rollback CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
--rollback -- WM105: users.mood may no longer be ':happy; "quoted" \ 100%s'; rows that are stop the migration
--rollback ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood;
--rollback DROP TYPE mood__old;
--rollback ALTER TABLE ONLY users ALTER COLUMN nick SET DEFAULT ':name %s %(x)s ${x}';
--rollback CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$
--rollback BEGIN
--rollback     -- a comment; with a semicolon, $$ and :name
--rollback 
--rollback     RETURN 'hello; ' || who || ' 100%';
--rollback END
--rollback $fn$;
--rollback ALTER TABLE ONLY "my app"."say ""hi"" 100% :name" ALTER COLUMN "a:b" SET DEFAULT E'back\\slash\nline';
--rollback ALTER TABLE ONLY users ALTER COLUMN mood SET DEFAULT 'sad';
--rollback CREATE INDEX users_by_nick ON users (nick);
--rollback CREATE VIEW moods AS
--rollback SELECT id, mood FROM users WHERE mail <> ':mail;%s';
--rollback ALTER TABLE "my app"."say ""hi"" 100% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES users (id);
--rollback DO $wholekey$ BEGIN EXECUTE E'COMMENT ON TABLE users IS ''first line\n-- +goose Down\n-- migrate:down\n\n--changeset a:b\nSQL\nlast \\ line'''; END $wholekey$;
--rollback -- WM102: the column users.added is dropped with the values of every row
--rollback ALTER TABLE users DROP COLUMN added;
--rollback -- WM102: the column users.plain is dropped with the values of every row
--rollback ALTER TABLE users DROP COLUMN plain;
--rollback -- WM102: the column my app.say "hi" 100% :name.three"""quotes is dropped with the values of every row
--rollback ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "three""""""quotes";
--rollback -- WM102: the column my app.say "hi" 100% :name.%s is dropped with the values of every row
--rollback ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "%s";
--rollback -- WM101: the table my app.orders is dropped with every row
--rollback DROP TABLE "my app".orders;
--rollback -- WM101: the table my app.both is dropped with every row
--rollback DROP TABLE "my app"."both";

--changeset wholekey:20240102_030405_let_people_have_preferences-2 stripComments:false splitStatements:false rollbackSplitStatements:false runInTransaction:false
ALTER TYPE mood ADD VALUE ':happy; "quoted" \ 100%s';
--rollback BEGIN;
--rollback SELECT 1;
--rollback COMMIT;

--changeset wholekey:20240102_030405_let_people_have_preferences-3 stripComments:false splitStatements:false rollbackSplitStatements:false
ALTER TABLE ONLY people ALTER COLUMN nick SET DEFAULT 'other :name %s %(x)s ${x} {{ y }} #{z}'
;
ALTER TABLE ONLY people ALTER COLUMN mood SET DEFAULT ':happy; "quoted" \ 100%s';
CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$
BEGIN
    -- another comment; with a semicolon, $$ and :name, \: and ?


    -- +goose StatementEnd
    RETURN 'hello;; ' || who || ' 100%' || '\' || '"""';
END
$fn$;
CREATE OR REPLACE VIEW moods AS
SELECT id, mood, nick FROM people WHERE email <> ':mail;%s';
ALTER TABLE ONLY "my app"."say ""hi"" 100% :name" ALTER COLUMN "a:b" SET DEFAULT E'other\\slash\n\nline';
ALTER TABLE people ADD CONSTRAINT "ch\eck" CHECK ("back\slash" <> ':x' AND "back\slash"::text <> '%' AND "back\slash" !~ '\d:\w');
CREATE INDEX people_by_mail ON people (email);
CREATE UNIQUE INDEX "UP ""%" ON people (lower(nick)) WHERE nick <> 'it''s :x';
CREATE FUNCTION "new;one"() RETURNS trigger LANGUAGE plpgsql AS $wholekey$ BEGIN NEW.plain := 1; RETURN NEW; END $wholekey$;
CREATE TRIGGER "on :change" BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION "new;one"();
ALTER TABLE "my app"."say ""hi"" 100% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES people (id) ON DELETE SET NULL;
DO $wholekey$ BEGIN EXECUTE E'COMMENT ON TABLE people IS ''other line\n-- +goose Down\n-- migrate:down\n--changeset a:b\n\n--rollback x\n//wholekey//\nSQL\nCOMMIT;\nlast \\ line'''; END $wholekey$;
COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS 'it''s %s :name \n';
-- WM102: the column people.gone is dropped with the values of every row
ALTER TABLE people DROP COLUMN gone;
-- WM101: the table leaving is dropped with every row
DROP TABLE leaving;
--rollback SELECT 1;
