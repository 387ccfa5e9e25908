BEGIN;

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

COMMIT;

ALTER TYPE mood ADD VALUE ':happy; "quoted" \ 100%s';

BEGIN;

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

-- WM102: the column people.gone is dropped with the values of every row
ALTER TABLE people DROP COLUMN gone;

-- WM101: the table leaving is dropped with every row
DROP TABLE leaving;

COMMIT;
