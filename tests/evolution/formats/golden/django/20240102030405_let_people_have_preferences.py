from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [('people', '0001_start')]

    operations = [
        migrations.RunSQL(
            sql=[
                "BEGIN",
                "SET check_function_bodies = off",
                "ALTER TABLE users RENAME TO people",
                "ALTER SEQUENCE users_id_seq RENAME TO people_id_seq",
                "ALTER TABLE people RENAME CONSTRAINT users_pkey TO people_pkey",
                "ALTER TABLE people RENAME COLUMN mail TO email",
                "DROP INDEX users_by_nick",
                'ALTER TABLE "my app"."say ""hi"" 100% :name" DROP CONSTRAINT "by :user"',
                "ALTER TABLE people ADD COLUMN added integer NOT NULL DEFAULT 7",
                "ALTER TABLE people ADD COLUMN plain numeric(10,2)",
                'ALTER TABLE "my app"."say ""hi"" 100% :name" ADD COLUMN "three""""""quotes" text DEFAULT \'"""\'',
                'ALTER TABLE "my app"."say ""hi"" 100% :name" ADD COLUMN "%s" boolean NOT NULL DEFAULT true',
                """CREATE TABLE "my app".orders (
    id serial NOT NULL,
    person_id bigint NOT NULL,
    total numeric(10,2),
    placed timestamp with time zone DEFAULT now(),
    tags text[],
    data jsonb DEFAULT '{"a": ":b", "c": 1}'::jsonb,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_person_id_fkey FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
)""",
                """CREATE TABLE "my app"."both" (
    left_id integer NOT NULL,
    right_id bigint NOT NULL,
    CONSTRAINT both_pkey PRIMARY KEY (left_id, right_id),
    CONSTRAINT both_right_id_fkey FOREIGN KEY (right_id) REFERENCES people (id)
)""",
                "ALTER TABLE people ALTER COLUMN nick TYPE varchar(80)",
                "COMMIT",
                'ALTER TYPE mood ADD VALUE \':happy; "quoted" \\ 100%s\'',
                "BEGIN",
                "ALTER TABLE ONLY people ALTER COLUMN nick SET DEFAULT 'other :name %s %(x)s ${x} {{ y }} #{z}'",
                'ALTER TABLE ONLY people ALTER COLUMN mood SET DEFAULT \':happy; "quoted" \\ 100%s\'',
                'CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$\nBEGIN\n    -- another comment; with a semicolon, $$ and :name, \\: and ?\n\n\n    -- +goose StatementEnd\n    RETURN \'hello;; \' || who || \' 100%\' || \'\\\' || \'"""\';\nEND\n$fn$',
                """CREATE OR REPLACE VIEW moods AS
SELECT id, mood, nick FROM people WHERE email <> ':mail;%s'""",
                'ALTER TABLE ONLY "my app"."say ""hi"" 100% :name" ALTER COLUMN "a:b" SET DEFAULT E\'other\\\\slash\\n\\nline\'',
                'ALTER TABLE people ADD CONSTRAINT "ch\\eck" CHECK ("back\\slash" <> \':x\' AND "back\\slash"::text <> \'%\' AND "back\\slash" !~ \'\\d:\\w\')',
                "CREATE INDEX people_by_mail ON people (email)",
                'CREATE UNIQUE INDEX "UP ""%" ON people (lower(nick)) WHERE nick <> \'it\'\'s :x\'',
                'CREATE FUNCTION "new;one"() RETURNS trigger LANGUAGE plpgsql AS $wholekey$ BEGIN NEW.plain := 1; RETURN NEW; END $wholekey$',
                'CREATE TRIGGER "on :change" BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION "new;one"()',
                'ALTER TABLE "my app"."say ""hi"" 100% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES people (id) ON DELETE SET NULL',
                "COMMENT ON TABLE people IS 'other line\n-- +goose Down\n-- migrate:down\n--changeset a:b\n\n--rollback x\n//wholekey//\nSQL\nCOMMIT;\nlast \\ line'",
                'COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS \'it\'\'s %s :name \\n\'',
                "ALTER TABLE people DROP COLUMN gone",
                "DROP TABLE leaving",
                "COMMIT",
            ],
            reverse_sql=[
                "BEGIN",
                "SET check_function_bodies = off",
                "ALTER TABLE people RENAME TO users",
                "ALTER SEQUENCE people_id_seq RENAME TO users_id_seq",
                "ALTER TABLE users RENAME CONSTRAINT people_pkey TO users_pkey",
                "ALTER TABLE users RENAME COLUMN email TO mail",
                'COMMENT ON COLUMN "my app"."say ""hi"" 100% :name"."a:b" IS NULL',
                "ALTER TABLE ONLY users ALTER COLUMN mood DROP DEFAULT",
                'ALTER TABLE users DROP CONSTRAINT "ch\\eck"',
                "DROP INDEX people_by_mail",
                'DROP INDEX "UP ""%"',
                'DROP TRIGGER "on :change" ON users',
                "DROP VIEW moods",
                'DROP FUNCTION "new;one"()',
                'ALTER TABLE "my app"."say ""hi"" 100% :name" DROP CONSTRAINT "by :user"',
                "ALTER TABLE users ADD COLUMN gone integer",
                """CREATE TABLE leaving (
    id integer NOT NULL,
    note text,
    user_id bigint NOT NULL,
    CONSTRAINT leaving_pkey PRIMARY KEY (id),
    CONSTRAINT leaving_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
)""",
                "ALTER TABLE users ALTER COLUMN nick TYPE varchar(40)",
                "ALTER TYPE mood RENAME TO mood__old",
                "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')",
                "ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood",
                "DROP TYPE mood__old",
                "ALTER TABLE ONLY users ALTER COLUMN nick SET DEFAULT ':name %s %(x)s ${x}'",
                """CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$
BEGIN
    -- a comment; with a semicolon, $$ and :name

    RETURN 'hello; ' || who || ' 100%';
END
$fn$""",
                'ALTER TABLE ONLY "my app"."say ""hi"" 100% :name" ALTER COLUMN "a:b" SET DEFAULT E\'back\\\\slash\\nline\'',
                "ALTER TABLE ONLY users ALTER COLUMN mood SET DEFAULT 'sad'",
                "CREATE INDEX users_by_nick ON users (nick)",
                """CREATE VIEW moods AS
SELECT id, mood FROM users WHERE mail <> ':mail;%s'""",
                'ALTER TABLE "my app"."say ""hi"" 100% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES users (id)',
                "COMMENT ON TABLE users IS 'first line\n-- +goose Down\n-- migrate:down\n\n--changeset a:b\nSQL\nlast \\ line'",
                "ALTER TABLE users DROP COLUMN added",
                "ALTER TABLE users DROP COLUMN plain",
                'ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "three""""""quotes"',
                'ALTER TABLE "my app"."say ""hi"" 100% :name" DROP COLUMN "%s"',
                'DROP TABLE "my app".orders',
                'DROP TABLE "my app"."both"',
                "COMMIT",
            ],
            state_operations=[
                migrations.RemoveField('Users', 'gone'),
                migrations.DeleteModel('Leaving'),
                migrations.RenameModel('Users', 'People'),
                migrations.AlterModelTable('People', 'people'),
                migrations.RenameField('People', 'mail', 'email'),
                migrations.CreateModel('Orders', [('id', models.AutoField(db_column='id', primary_key=True)), ('person_id', models.ForeignKey('people.People', models.CASCADE, related_name='+', db_column='person_id')), ('total', models.DecimalField(max_digits=10, decimal_places=2, db_column='total', null=True)), ('placed', models.DateTimeField(db_column='placed', null=True)), ('tags', models.TextField(db_column='tags', null=True)), ('data', models.JSONField(db_column='data', null=True))], options={'db_table': '"my app"."orders"'}),
                migrations.CreateModel('Both', [('pk', models.CompositePrimaryKey('left_id', 'right_id')), ('left_id', models.IntegerField(db_column='left_id')), ('right_id', models.ForeignKey('people.People', models.DO_NOTHING, related_name='+', db_column='right_id'))], options={'db_table': '"my app"."both"'}),
                migrations.AddField('People', 'added', models.IntegerField(db_column='added')),
                migrations.AddField('People', 'plain', models.DecimalField(max_digits=10, decimal_places=2, db_column='plain', null=True)),
                migrations.AddField('SayHi100Name', 'three_quotes', models.TextField(db_column='three"""quotes', null=True)),
                migrations.AddField('SayHi100Name', 's', models.BooleanField(db_column='%s')),
                migrations.AlterField('People', 'email', models.TextField(db_column='email')),
                migrations.AlterField('People', 'nick', models.CharField(max_length=80, db_column='nick', null=True)),
            ],
        ),
    ]
