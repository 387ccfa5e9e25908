"""Random schemas of SQLite as scripts."""

from __future__ import annotations

from tests.evolution.random.chance import Chance
from tests.evolution.random.postgres_schemas import Drawn

TYPES = ["INTEGER", "TEXT", "VARCHAR(40)", "NUMERIC(8,2)", "REAL", "DATE", "BLOB", "BOOLEAN"]
DEFAULTS = {"INTEGER": "7", "TEXT": "'it''s'", "VARCHAR(40)": "'x'", "NUMERIC(8,2)": "0.5", "DATE": "CURRENT_DATE"}
NUMBERS = ("INTEGER", "NUMERIC(8,2)", "REAL")


class SqliteSchema:
    """Draws one schema."""

    def __init__(self, seed: int):
        self.chance = Chance(seed, "sqlite")
        self.lines: list[str] = []
        self.tables: list[Drawn] = []

    def script(self) -> str:
        """Return the statements."""
        for _ in range(self.chance.randint(2, 5)):
            self.draw_table()
        for table in self.tables:
            self.draw_indexes(table)
            self.draw_trigger(table)
        self.draw_views()
        return ";\n".join(self.lines) + ";\n"

    def draw_table(self) -> None:
        """Draw a table; its foreign keys may go to any table before it, and to itself."""
        chance = self.chance
        table = Drawn(chance.named("table"))
        key = chance.choice(["id INTEGER PRIMARY KEY AUTOINCREMENT", "id INTEGER PRIMARY KEY", "id INTEGER NOT NULL PRIMARY KEY",
                             "id TEXT PRIMARY KEY NOT NULL"])  # fmt: skip
        rowid = "AUTOINCREMENT" in key or chance.one_in(2)
        table.columns.append(("id", "TEXT" if "TEXT" in key else "INTEGER"))
        self.tables.append(table)
        parts = [key, *(self.column(table) for _ in range(chance.randint(2, 6)))]
        parts += self.constraints(table)
        tail = "" if rowid else chance.choice(["", " WITHOUT ROWID"])
        self.lines.append(f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(parts) + f"\n){tail}")

    def column(self, table: Drawn) -> str:
        chance = self.chance
        name, kind = chance.named("col"), chance.choice(TYPES)
        ints = [each for each in table.of("INTEGER") if each != "id"]
        if ints and chance.one_in(8):
            return (
                f"{name} INTEGER GENERATED ALWAYS AS ({chance.choice(ints)} * 2) {chance.choice(['STORED', 'VIRTUAL'])}"
            )
        table.columns.append((name, kind))
        said = [name, kind]
        if kind in DEFAULTS and chance.one_in(3):
            said.append(f"DEFAULT {DEFAULTS[kind]}")
        if chance.one_in(3):
            said.append("NOT NULL")
        if kind == "TEXT" and chance.one_in(5):
            said.append("COLLATE NOCASE")
        if kind in ("INTEGER", "TEXT") and chance.one_in(6):
            said.append("UNIQUE")
        targets = [each for each in self.tables if each.columns[0][1] == kind]
        if targets and chance.one_in(3):
            action = chance.choice(["", " ON DELETE CASCADE", " ON DELETE RESTRICT", " DEFERRABLE INITIALLY DEFERRED"])
            said.append(f"REFERENCES {chance.choice(targets).name} (id){action}")
        return " ".join(said)

    def constraints(self, table: Drawn) -> list[str]:
        chance = self.chance
        found = []
        for each in chance.some(table.of(*NUMBERS), 2):
            named = f"CONSTRAINT {chance.named('check')} " if chance.one_in(2) else ""
            found.append(f"{named}CHECK ({each} > {chance.choice([-1, -5])})" if each != "id" else "CHECK (id > -3)")
        for each in chance.some([name for name, _ in table.columns[1:]], 1):
            found.append(f"UNIQUE ({each}, id){chance.choice(['', ' ON CONFLICT IGNORE'])}")
        return found

    def draw_indexes(self, table: Drawn) -> None:
        chance = self.chance
        names = [name for name, _ in table.columns]
        for _ in range(chance.randint(0, 2)):
            parts = ", ".join(f"{each}{chance.choice(['', ' DESC'])}" for each in chance.some(names, 2, 1))
            where = f" WHERE {chance.choice(names)} IS NOT NULL" if chance.one_in(3) else ""
            self.lines.append(
                f"CREATE {'UNIQUE ' if 'id' in parts.split(', ') else ''}INDEX {chance.named('by')} ON {table.name} ({parts}){where}"
            )
        for each in chance.some(table.of("TEXT"), 1):
            self.lines.append(f"CREATE INDEX {chance.named('low')} ON {table.name} (lower({each}))")

    def draw_trigger(self, table: Drawn) -> None:
        chance = self.chance
        if chance.one_in(2):
            column = chance.choice(table.columns)[0]
            self.lines.append(
                f"CREATE TRIGGER {chance.named('trg')} AFTER DELETE ON {table.name} WHEN old.id > 1 BEGIN"
                f" UPDATE {table.name} SET {column} = {column} WHERE id = old.id; END"
            )

    def draw_views(self) -> None:
        chance = self.chance
        for table in chance.some(self.tables, 3):
            columns = ", ".join(f"t.{name}" for name, _ in chance.some(table.columns, 4, 1))
            name = chance.named("view")
            self.lines.append(f"CREATE VIEW {name} AS SELECT {columns} FROM {table.name} t WHERE t.id > 1")
            if chance.one_in(3):
                self.lines.append(f"CREATE VIEW {chance.named('over')} AS SELECT * FROM {name}")
