class LetPeopleHavePreferences < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  def up
    execute 'BEGIN'
    execute <<-'SQL'
SET check_function_bodies = off;
    SQL
    execute <<-'SQL'
ALTER TABLE users RENAME TO people;
    SQL
    execute <<-'SQL'
ALTER SEQUENCE users_id_seq RENAME TO people_id_seq;
    SQL
    execute <<-'SQL'
ALTER TABLE people RENAME CONSTRAINT users_pkey TO people_pkey;
    SQL
    execute <<-'SQL'
ALTER TABLE people RENAME COLUMN mail TO email;
    SQL
    execute <<-'SQL'
DROP INDEX users_by_nick;
    SQL
    execute <<-'SQL'
ALTER TABLE "my app"."say ""hi"" 100% :name" DROP CONSTRAINT "by :user";
    SQL
    execute <<-'SQL'
ALTER TABLE people ADD COLUMN added integer NOT NULL DEFAULT 7;
    SQL
    execute <<-'SQL'
ALTER TABLE people ADD COLUMN plain numeric(10,2);
    SQL
    execute <<-'SQL'
ALTER TABLE "my app"."say ""hi"" 100% :name" ADD COLUMN "three""""""quotes" text DEFAULT '"""';
    SQL
    execute <<-'SQL'
ALTER TABLE "my app"."say ""hi"" 100% :name" ADD COLUMN "%s" boolean NOT NULL DEFAULT true;
    SQL
    execute <<-'SQL'
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
    SQL
    execute <<-'SQL'
CREATE TABLE "my app"."both" (
    left_id integer NOT NULL,
    right_id bigint NOT NULL,
    CONSTRAINT both_pkey PRIMARY KEY (left_id, right_id),
    CONSTRAINT both_right_id_fkey FOREIGN KEY (right_id) REFERENCES people (id)
);
    SQL
    execute <<-'SQL'
ALTER TABLE people ALTER COLUMN nick TYPE varchar(80);
    SQL
    execute 'COMMIT'
    execute <<-'SQL'
ALTER TYPE mood ADD VALUE ':happy; "quoted" \ 100%s';
    SQL
    execute 'BEGIN'
    execute <<-'SQL'
ALTER TABLE ONLY people ALTER COLUMN nick SET DEFAULT 'other :name %s %(x)s ${x} {{ y }} #{z}'
;
    SQL
    execute <<-'SQL'
ALTER TABLE ONLY people ALTER COLUMN mood SET DEFAULT ':happy; "quoted" \ 100%s';
    SQL
    execute <<-'SQL'
CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$
BEGIN
    -- another comment; with a semicolon, $$ and :name, \: and ?


    -- +goose StatementEnd
    RETURN 'hello;; ' || who || ' 100%' || '\' || '"""';
END
$fn$;
    SQL
    execute <<-'SQL'
CREATE OR REPLACE VIEW moods AS
SELECT id, mood, nick FROM people WHERE email <> ':mail;%s';
    SQL
    execute <<-'SQL'
ALTER TABLE ONLY "my app"."say ""hi"" 100% :name" ALTER COLUMN "a:b" SET DEFAULT E'other\\slash\n\nline';
    SQL
    execute <<-'SQL'
ALTER TABLE people ADD CONSTRAINT "ch\eck" CHECK ("back\slash" <> ':x' AND "back\slash"::text <> '%' AND "back\slash" !~ '\d:\w');
    SQL
    execute <<-'SQL'
CREATE INDEX people_by_mail ON people (email);
    SQL
    execute <<-'SQL'
CREATE UNIQUE INDEX "UP ""%" ON people (lower(nick)) WHERE nick <> 'it''s :x';
    SQL
    execute <<-'SQL'
CREATE FUNCTION "new;one"() RETURNS trigger LANGUAGE plpgsql AS $wholekey$ BEGIN NEW.plain := 1; RETURN NEW; END $wholekey$;
    SQL
    execute <<-'SQL'
CREATE TRIGGER "on :change" BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION "new;one"();
    SQL
    execute <<-'SQL'
ALTER TABLE "my app"."say ""hi"" 100% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES people (id) ON DELETE SET NULL;
    SQL
    execute <<-'SQL_'
COMMENT ON TABLE people IS 'other line
-- +goose Down
-- migrate:down
--changeset a:b

--rollback x
//wholekey//
SQL
COMMIT;
last \ line';
    SQL_
    execute <<-'SQL'
COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS 'it''s %s :name \n';
    SQL
    execute <<-'SQL'
-- WM102: the column people.gone is dropped with the values of every row
ALTER TABLE people DROP COLUMN gone;
    SQL
    execute <<-'SQL'
-- WM101: the table leaving is dropped with every row
DROP TABLE leaving;
    SQL
    execute 'COMMIT'
  end

  def down
    execute 'BEGIN'
    execute <<-'SQL'
SET check_function_bodies = off;
    SQL
    execute <<-'SQL'
ALTER TABLE people RENAME TO users;
    SQL
    execute <<-'SQL'
ALTER SEQUENCE people_id_seq RENAME TO users_id_seq;
    SQL
    execute <<-'SQL'
ALTER TABLE users RENAME CONSTRAINT people_pkey TO users_pkey;
    SQL
    execute <<-'SQL'
ALTER TABLE users RENAME COLUMN email TO mail;
    SQL
    execute <<-'SQL'
COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS NULL;
    SQL
    execute <<-'SQL'
ALTER TABLE ONLY users ALTER COLUMN mood DROP DEFAULT;
    SQL
    execute <<-'SQL'
ALTER TABLE users DROP CONSTRAINT "ch\eck";
    SQL
    execute <<-'SQL'
DROP INDEX people_by_mail;
    SQL
    execute <<-'SQL'
DROP INDEX "UP ""%";
    SQL
    execute <<-'SQL'
DROP TRIGGER "on :change" ON users;
    SQL
    execute <<-'SQL'
DROP VIEW moods;
    SQL
    execute <<-'SQL'
DROP FUNCTION "new;one"();
    SQL
    execute <<-'SQL'
ALTER TABLE "my app"."say ""hi"" 100% :name" DROP CONSTRAINT "by :user";
    SQL
    execute <<-'SQL'
ALTER TABLE users ADD COLUMN gone integer;
    SQL
    execute <<-'SQL'
CREATE TABLE leaving (
    id integer NOT NULL,
    note text,
    user_id bigint NOT NULL,
    CONSTRAINT leaving_pkey PRIMARY KEY (id),
    CONSTRAINT leaving_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
    SQL
    execute <<-'SQL'
-- WM104: users.nick goes from varchar(80) to varchar(40), which does not hold all that was there
ALTER TABLE users ALTER COLUMN nick TYPE varchar(40);
    SQL
    execute <<-'SQL'
ALTER TYPE mood RENAME TO mood__old;
    SQL
    execute <<-'SQL'
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
    SQL
    execute <<-'SQL'
-- WM105: users.mood may no longer be ':happy; "quoted" \ 100%s'; rows that are stop the migration
ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood;
    SQL
    execute <<-'SQL'
DROP TYPE mood__old;
    SQL
    execute <<-'SQL'
ALTER TABLE ONLY users ALTER COLUMN nick SET DEFAULT ':name %s %(x)s ${x}';
    SQL
    execute <<-'SQL'
CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$
BEGIN
    -- a comment; with a semicolon, $$ and :name

    RETURN 'hello; ' || who || ' 100%';
END
$fn$;
    SQL
    execute <<-'SQL'
ALTER TABLE ONLY "my app"."say ""hi"" 100% :name" ALTER COLUMN "a:b" SET DEFAULT E'back\\slash\nline';
    SQL
    execute <<-'SQL'
ALTER TABLE ONLY users ALTER COLUMN mood SET DEFAULT 'sad';
    SQL
    execute <<-'SQL'
CREATE INDEX users_by_nick ON users (nick);
    SQL
    execute <<-'SQL'
CREATE VIEW moods AS
SELECT id, mood FROM users WHERE mail <> ':mail;%s';
    SQL
    execute <<-'SQL'
ALTER TABLE "my app"."say ""hi"" 100% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES users (id);
    SQL
    execute <<-'SQL_'
COMMENT ON TABLE users IS 'first line
-- +goose Down
-- migrate:down

--changeset a:b
SQL
last \ line';
    SQL_
    execute <<-'SQL'
-- WM102: the column users.added is dropped with the values of every row
ALTER TABLE users DROP COLUMN added;
    SQL
    execute <<-'SQL'
-- WM102: the column users.plain is dropped with the values of every row
ALTER TABLE users DROP COLUMN plain;
    SQL
    execute <<-'SQL'
-- WM102: the column my app.say "hi" 100% :name.three"""quotes is dropped with the values of every row
ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "three""""""quotes";
    SQL
    execute <<-'SQL'
-- WM102: the column my app.say "hi" 100% :name.%s is dropped with the values of every row
ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "%s";
    SQL
    execute <<-'SQL'
-- WM101: the table my app.orders is dropped with every row
DROP TABLE "my app".orders;
    SQL
    execute <<-'SQL'
-- WM101: the table my app.both is dropped with every row
DROP TABLE "my app"."both";
    SQL
    execute 'COMMIT'
  end
end
