"""A seeded dump of any size, as pg_dump writes it: modules of tables that refer to one another, comments, indexes, data."""

from __future__ import annotations

import random

_NOUNS = "account address batch booking carrier claim contact contract course customer delivery device document employee event "
_NOUNS += (
    "grade invoice item journal lease ledger license message order parcel payment permit person plan policy product "
)
_NOUNS += "project quote rating receipt region reserve review route salary schedule session shift site stock student supplier "
_NOUNS += "task tenant ticket token tour trip unit vehicle vendor visit voucher warehouse"
_TYPES = (
    "text", "integer", "boolean DEFAULT false", "numeric(12,2) DEFAULT 0", "timestamp with time zone DEFAULT now()", "date",
    "character varying(120)", "jsonb DEFAULT '{}'::jsonb", "uuid", "text[]", "public.state DEFAULT 'new'::public.state",
)  # fmt: skip
_HEAD = """--
-- PostgreSQL database dump
--

\\restrict x7Yb2

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);

CREATE TYPE public.state AS ENUM (
    'new',
    'open',
    'done'
);

SET default_table_access_method = heap;

"""

_TAIL = """--
-- PostgreSQL database dump complete
--

\\unrestrict x7Yb2
"""


def pg_dump_like(tables: int, seed: int = 3) -> str:
    """Return a dump of so many tables; the same seed gives the same text."""
    rng = random.Random(seed)
    nouns = _NOUNS.split()
    names = [f"{nouns[n % len(nouns)]}_{n:04}" for n in range(tables)]
    create, keys, references = [_HEAD], [], []
    for number, name in enumerate(names):
        targets = sorted(
            {rng.randrange(max(0, number - 9), number) for _ in range(rng.randint(0, 2))} if number else set()
        )
        create.append(_table(rng, name, [names[at] for at in targets]))
        keys.append(f"ALTER TABLE ONLY public.{name}\n    ADD CONSTRAINT {name}_pkey PRIMARY KEY (id);\n")
        references += [_reference(name, names[at]) for at in targets]
    return "\n".join([*create, *keys, *references, _TAIL])


def _table(rng: random.Random, name: str, targets: list[str]) -> str:
    lines = ["    id bigint NOT NULL"]
    lines += [f"    {target}_id bigint{rng.choice(['', ' NOT NULL'])}" for target in targets]
    lines += [
        f"    field_{n} {rng.choice(_TYPES)}{rng.choice(['', '', ' NOT NULL'])}" for n in range(rng.randint(2, 9))
    ]
    text = f"CREATE TABLE public.{name} (\n" + ",\n".join(lines) + "\n);\n\n"
    text += f"COMMENT ON TABLE public.{name} IS 'What is known of a {name.split('_')[0]}; it''s seeded';\n\n"
    if rng.random() < 0.2:
        text += f"COPY public.{name} (id) FROM stdin;\n{rng.randint(1, 99)}\n\\.\n\n"
    return text


def _reference(name: str, target: str) -> str:
    return (
        f"ALTER TABLE ONLY public.{name}\n    ADD CONSTRAINT {name}_{target}_fkey FOREIGN KEY ({target}_id) "
        f"REFERENCES public.{target}(id) ON DELETE CASCADE;\n"
        f"CREATE INDEX {name}_{target}_idx ON public.{name} USING btree ({target}_id);\n"
    )
