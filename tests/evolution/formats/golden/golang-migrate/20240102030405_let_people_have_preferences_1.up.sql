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
