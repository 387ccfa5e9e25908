"""Scripts of any size, the same every time: tables with ten columns, 1.5 references, checks, indexes, comments.

`postgres_dump(1000)` writes as pg_dump does, with constraints by ALTER TABLE, `postgres_inline(1000)` as people do.
"""

from __future__ import annotations

import random
from collections.abc import Callable

NOUNS = [
    "account",
    "order",
    "invoice",
    "payment",
    "customer",
    "product",
    "shipment",
    "vendor",
    "region",
    "stock",
    "event",
    "session",
    "message",
    "policy",
]
TYPES = (
    "bigint", "integer DEFAULT 0", "text", "varchar(255)", "numeric(12,2)", "boolean DEFAULT false", "uuid", "date",
    "timestamp with time zone DEFAULT now()", "jsonb DEFAULT '{}'::jsonb", "char(2)", "text[]",
)  # fmt: skip
COLUMNS = 10
NEIGHBOURS = 40
Writer = Callable[[random.Random, str, list[str], list[str], list[str]], None]


def postgres_dump(tables: int, seed: int = 7) -> str:
    """Return a script of so many tables as pg_dump writes it."""
    return _script(tables, seed, _dumped)


def postgres_inline(tables: int, seed: int = 7) -> str:
    """Return a script of so many tables with keys and references inside CREATE TABLE."""
    return _script(tables, seed, _inline)


def _script(tables: int, seed: int, write: Writer) -> str:
    chance = random.Random(seed)
    names = [f"{chance.choice(NOUNS)}_{number:04d}" for number in range(tables)]
    parts: list[str] = []
    later: list[str] = []
    for number, name in enumerate(names):
        targets = sorted({_target(chance, number) for _ in range(chance.randrange(4))}) if number else []
        write(chance, name, [names[target] for target in targets], parts, later)
    return "\n".join((*parts, *later)) + "\n"


def _target(chance: random.Random, number: int) -> int:
    """Return an earlier table: mostly one of the same module, as in schemas that people write."""
    return chance.randrange(max(0, number - NEIGHBOURS) if chance.random() < 0.8 else 0, number)


def _columns(chance: random.Random, count: int) -> list[str]:
    found = []
    for number in range(count):
        null = " NOT NULL" if chance.random() < 0.4 else ""
        found.append(f"{chance.choice(NOUNS)}_{number} {chance.choice(TYPES)}{null}")
    return found


def _dumped(chance: random.Random, name: str, targets: list[str], parts: list[str], later: list[str]) -> None:
    keys = [f"{target}_id bigint" for target in targets]
    columns = ["id bigint NOT NULL", *keys, *_columns(chance, COLUMNS - 1 - len(keys))]
    parts.append(f"CREATE TABLE public.{name} (\n    " + ",\n    ".join(columns) + "\n);")
    parts.append(f"COMMENT ON TABLE public.{name} IS 'The {name}''s table';")
    later.append(f"ALTER TABLE ONLY public.{name}\n    ADD CONSTRAINT {name}_pkey PRIMARY KEY (id);")
    for target in targets:
        later.append(f"CREATE INDEX {name}_{target}_idx ON public.{name} USING btree ({target}_id);")
        later.append(
            f"ALTER TABLE ONLY public.{name}\n    ADD CONSTRAINT {name}_{target}_fkey FOREIGN KEY ({target}_id)"
            f" REFERENCES public.{target}(id) ON DELETE CASCADE;"
        )
    later.append(f"ALTER TABLE public.{name} ADD CONSTRAINT {name}_check CHECK ((id > 0));")


def _inline(chance: random.Random, name: str, targets: list[str], parts: list[str], later: list[str]) -> None:
    keys = [f"{target}_id bigint REFERENCES {target} (id) ON DELETE CASCADE" for target in targets]
    columns = ["id bigint PRIMARY KEY CHECK (id > 0)", *keys, *_columns(chance, COLUMNS - 1 - len(keys))]
    parts.append(f"CREATE TABLE {name} (\n  " + ",\n  ".join(columns) + "\n);")
    parts.extend(f"CREATE INDEX {name}_{target}_idx ON {name} ({target}_id);" for target in targets)
    later.append(f"COMMENT ON TABLE {name} IS 'The {name}''s table';")
