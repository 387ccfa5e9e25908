"""Random models full of nasty names, types and expressions: whatever is written in another dialect applies."""

from __future__ import annotations

import pytest

from tests.exporters.ddl.test_random_designs import random_design as sound_design
from tests.formats.random_designs import random_design as wild_design
from tests.servers import MariaServer
from tests.translation.applying import Maria, SQLite, exported


@pytest.mark.parametrize("seed", range(40))
def test_sound_models_in_sqlite(seed: int) -> None:
    database = SQLite()
    database.apply(exported(sound_design(seed), "sqlite").text)
    database.connection.close()


@pytest.mark.mariadb
def test_sound_models_in_mariadb(mariadb_server: MariaServer) -> None:
    database = Maria(mariadb_server)
    for seed in range(10, 18):
        database.run("DROP DATABASE IF EXISTS sound; CREATE DATABASE sound; USE sound")
        database.apply(exported(sound_design(seed), "mariadb").text)


@pytest.mark.parametrize("target", ["sqlite", "mariadb", "mysql"])
def test_wild_models_are_written_the_same_each_time_and_each_loss_names_its_record(target: str) -> None:
    for seed in range(60):
        design = wild_design(seed)
        made = exported(design, target)
        assert exported(design, target) == made
        assert len({(note.code, note.message, note.about) for note in made.notes}) == len(made.notes)
