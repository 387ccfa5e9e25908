"""Let people have preferences

Revision ID: 694bbf37bfd0
Revises: 0001_start
Create Date: 2024-01-02 03:04:05
"""

import sqlalchemy as sa
from alembic import op

revision = '694bbf37bfd0'
down_revision = '0001_start'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET check_function_bodies = off")
    op.rename_table('users', 'people')
    op.execute("ALTER SEQUENCE users_id_seq RENAME TO people_id_seq")
    op.execute("ALTER TABLE people RENAME CONSTRAINT users_pkey TO people_pkey")
    op.execute("ALTER TABLE people RENAME COLUMN mail TO email")
    op.execute("DROP INDEX users_by_nick")
    op.drop_constraint('by :user', 'say "hi" 100% :name', schema='my app')
    op.add_column('people', sa.Column('added', sa.Integer(), server_default=sa.text("7"), nullable=False))
    op.add_column('people', sa.Column('plain', sa.Numeric(10, 2), nullable=True))
    op.add_column('say "hi" 100% :name', sa.Column('three"""quotes', sa.Text(), server_default=sa.text('\'"""\''), nullable=True), schema='my app')
    op.add_column('say "hi" 100% :name', sa.Column('%s', sa.Boolean(), server_default=sa.text("true"), nullable=False), schema='my app')
    op.execute(sa.DDL("""CREATE TABLE "my app".orders (
    id serial NOT NULL,
    person_id bigint NOT NULL,
    total numeric(10,2),
    placed timestamp with time zone DEFAULT now(),
    tags text[],
    data jsonb DEFAULT '{"a": ":b", "c": 1}'::jsonb,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_person_id_fkey FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
)"""))
    op.execute("""CREATE TABLE "my app"."both" (
    left_id integer NOT NULL,
    right_id bigint NOT NULL,
    CONSTRAINT both_pkey PRIMARY KEY (left_id, right_id),
    CONSTRAINT both_right_id_fkey FOREIGN KEY (right_id) REFERENCES people (id)
)""")
    op.execute("ALTER TABLE people ALTER COLUMN nick TYPE varchar(80)")
    with op.get_context().autocommit_block():
        op.execute(sa.DDL('ALTER TYPE mood ADD VALUE \':happy; "quoted" \\ 100%%s\''))
    op.execute(sa.DDL("ALTER TABLE ONLY people ALTER COLUMN nick SET DEFAULT 'other :name %%s %%(x)s ${x} {{ y }} #{z}'"))
    op.execute(sa.DDL('ALTER TABLE ONLY people ALTER COLUMN mood SET DEFAULT \':happy; "quoted" \\ 100%%s\''))
    op.execute(sa.DDL('CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$\nBEGIN\n    -- another comment; with a semicolon, $$ and :name, \\: and ?\n\n\n    -- +goose StatementEnd\n    RETURN \'hello;; \' || who || \' 100%%\' || \'\\\' || \'"""\';\nEND\n$fn$'))
    op.execute(sa.DDL("""CREATE OR REPLACE VIEW moods AS
SELECT id, mood, nick FROM people WHERE email <> ':mail;%%s'"""))
    op.execute(sa.DDL('ALTER TABLE ONLY "my app"."say ""hi"" 100%% :name" ALTER COLUMN "a:b" SET DEFAULT E\'other\\\\slash\\n\\nline\''))
    op.execute(sa.DDL('ALTER TABLE people ADD CONSTRAINT "ch\\eck" CHECK ("back\\slash" <> \':x\' AND "back\\slash"::text <> \'%%\' AND "back\\slash" !~ \'\\d:\\w\')'))
    op.create_index('people_by_mail', 'people', ['email'])
    op.execute(sa.DDL('CREATE UNIQUE INDEX "UP ""%%" ON people (lower(nick)) WHERE nick <> \'it\'\'s :x\''))
    op.execute('CREATE FUNCTION "new;one"() RETURNS trigger LANGUAGE plpgsql AS $wholekey$ BEGIN NEW.plain := 1; RETURN NEW; END $wholekey$')
    op.execute(sa.DDL('CREATE TRIGGER "on :change" BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION "new;one"()'))
    op.execute(sa.DDL('ALTER TABLE "my app"."say ""hi"" 100%% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES people (id) ON DELETE SET NULL'))
    op.execute(sa.DDL("COMMENT ON TABLE people IS 'other line\n-- +goose Down\n-- migrate:down\n--changeset a:b\n\n--rollback x\n//wholekey//\nSQL\nCOMMIT;\nlast \\ line'"))
    op.execute(sa.DDL('COMMENT ON COLUMN "my app"."say ""hi"" 100%% :name"."a:b" IS \'it\'\'s %%s :name \\n\''))
    op.drop_column('people', 'gone')
    op.drop_table('leaving')


def downgrade() -> None:
    op.execute("SET check_function_bodies = off")
    op.rename_table('people', 'users')
    op.execute("ALTER SEQUENCE people_id_seq RENAME TO users_id_seq")
    op.execute("ALTER TABLE users RENAME CONSTRAINT people_pkey TO users_pkey")
    op.execute("ALTER TABLE users RENAME COLUMN email TO mail")
    op.execute(sa.DDL('COMMENT ON COLUMN "my app"."say ""hi"" 100%% :name"."a:b" IS NULL'))
    op.execute("ALTER TABLE ONLY users ALTER COLUMN mood DROP DEFAULT")
    op.drop_constraint('ch\\eck', 'users')
    op.execute("DROP INDEX people_by_mail")
    op.execute('DROP INDEX "UP ""%"')
    op.execute(sa.DDL('DROP TRIGGER "on :change" ON users'))
    op.execute("DROP VIEW moods")
    op.execute('DROP FUNCTION "new;one"()')
    op.drop_constraint('by :user', 'say "hi" 100% :name', schema='my app')
    op.add_column('users', sa.Column('gone', sa.Integer(), nullable=True))
    op.execute("""CREATE TABLE leaving (
    id integer NOT NULL,
    note text,
    user_id bigint NOT NULL,
    CONSTRAINT leaving_pkey PRIMARY KEY (id),
    CONSTRAINT leaving_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
)""")
    op.execute("ALTER TABLE users ALTER COLUMN nick TYPE varchar(40)")
    op.execute("ALTER TYPE mood RENAME TO mood__old")
    op.execute("CREATE TYPE mood AS ENUM ('sad', 'it''s ok')")
    op.execute("ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood")
    op.execute("DROP TYPE mood__old")
    op.execute(sa.DDL("ALTER TABLE ONLY users ALTER COLUMN nick SET DEFAULT ':name %%s %%(x)s ${x}'"))
    op.execute(sa.DDL("""CREATE OR REPLACE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $fn$
BEGIN
    -- a comment; with a semicolon, $$ and :name

    RETURN 'hello; ' || who || ' 100%%';
END
$fn$"""))
    op.execute(sa.DDL('ALTER TABLE ONLY "my app"."say ""hi"" 100%% :name" ALTER COLUMN "a:b" SET DEFAULT E\'back\\\\slash\\nline\''))
    op.execute("ALTER TABLE ONLY users ALTER COLUMN mood SET DEFAULT 'sad'")
    op.create_index('users_by_nick', 'users', ['nick'])
    op.execute(sa.DDL("""CREATE VIEW moods AS
SELECT id, mood FROM users WHERE mail <> ':mail;%%s'"""))
    op.execute(sa.DDL('ALTER TABLE "my app"."say ""hi"" 100%% :name" ADD CONSTRAINT "by :user" FOREIGN KEY (user_id) REFERENCES users (id)'))
    op.execute(sa.DDL("COMMENT ON TABLE users IS 'first line\n-- +goose Down\n-- migrate:down\n\n--changeset a:b\nSQL\nlast \\ line'"))
    op.drop_column('users', 'added')
    op.drop_column('users', 'plain')
    op.drop_column('say "hi" 100% :name', 'three"""quotes', schema='my app')
    op.drop_column('say "hi" 100% :name', '%s', schema='my app')
    op.drop_table('orders', schema='my app')
    op.drop_table('both', schema='my app')
