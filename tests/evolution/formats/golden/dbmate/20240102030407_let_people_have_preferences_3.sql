-- migrate:up transaction:false

SET check_function_bodies = off;

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

DO $wholekey$ BEGIN EXECUTE E'COMMENT ON TABLE people IS ''other line\n-- +goose Down\n-- migrate:down\n--changeset a:b\n\n--rollback x\n//wholekey//\nSQL\nCOMMIT;\nlast \\ line'''; END $wholekey$;

COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS 'it''s %s :name \n';

-- WM102: the column people.gone is dropped with the values of every row
ALTER TABLE people DROP COLUMN gone;

-- WM101: the table leaving is dropped with every row
DROP TABLE leaving;

COMMIT;

-- migrate:down transaction:false

SELECT 1;
