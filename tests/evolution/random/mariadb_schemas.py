"""Random schemas of MariaDB as scripts, for a database of their own."""

from __future__ import annotations

from tests.evolution.random.chance import Chance
from tests.evolution.random.postgres_schemas import Drawn

TYPES = ["int", "bigint", "smallint", "varchar(40)", "decimal(8,2)", "date", "datetime", "double", "text", "tinyint(1)",
         "enum('x','y')", "int unsigned", "varchar(40) CHARACTER SET latin1 COLLATE latin1_swedish_ci"]  # fmt: skip
DEFAULTS = {"int": "7", "varchar(40)": "'it''s'", "decimal(8,2)": "0.50", "datetime": "current_timestamp()", "bigint": "9",
            "enum('x','y')": "'y'", "date": "'2024-05-05'"}  # fmt: skip
NUMBERS = ("int", "bigint", "smallint", "decimal(8,2)", "double")
_KEYED = (*NUMBERS, "varchar(40)", "date", "datetime")


class MariaSchema:
    """Draws one schema."""

    def __init__(self, seed: int):
        self.chance = Chance(seed, "mariadb")
        self.chance.taken.add("primary")  # no constraint can have that name
        self.lines: list[str] = []
        self.tables: list[Drawn] = []

    def script(self) -> str:
        """Return the statements."""
        for _ in range(self.chance.randint(2, 3)):
            self.draw_table()
        self.draw_references()
        for table in self.tables:
            self.draw_programs(table)
        self.draw_others()
        return ";\n".join(self.lines) + ";\n"

    def draw_table(self) -> None:
        """Draw a table with its keys."""
        chance = self.chance
        table = Drawn(chance.named("table"))
        kind = chance.choice(["int", "bigint"])
        table.columns.append(("id", kind))
        parts = [f"id {kind} NOT NULL{chance.choice(['', ' AUTO_INCREMENT'])}"]
        parts += [self.column(table) for _ in range(chance.randint(2, 5))]
        parts.append("PRIMARY KEY (id)")
        parts += self.keys(table)
        options = chance.choice(["", " COMMENT='it''s'", " DEFAULT CHARSET=latin1", " ROW_FORMAT=DYNAMIC"])
        self.lines.append(f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(parts) + f"\n) ENGINE=InnoDB{options}")
        self.tables.append(table)

    def column(self, table: Drawn) -> str:
        chance = self.chance
        name, kind = chance.named("col"), chance.choice(TYPES)
        ints = [each for each in table.of("int") if each != "id"]
        if ints and chance.one_in(8):
            return (
                f"{name} bigint GENERATED ALWAYS AS ({chance.choice(ints)} * 2) {chance.choice(['STORED', 'VIRTUAL'])}"
            )
        table.columns.append((name, kind))
        default = f" DEFAULT {DEFAULTS[kind]}" if kind in DEFAULTS and chance.one_in(3) else ""
        comment = " COMMENT 'a \\\\ b'" if chance.one_in(6) else ""
        return f"{name} {kind}{' NOT NULL' if chance.one_in(3) else ''}{default}{comment}"

    def keys(self, table: Drawn) -> list[str]:
        chance = self.chance
        plain = [name for name, kind in table.columns if kind in _KEYED]
        found = [
            f"KEY {chance.named('by')} ({', '.join(chance.some(plain, 2, 1))})" for _ in range(chance.randint(0, 1))
        ]
        for each in chance.some([name for name in plain if name != "id"], 1):
            found.append(f"UNIQUE KEY {chance.named('u')} ({each}, id)")
        for each in chance.some(table.of(*NUMBERS)[1:], 1):
            found.append(f"CONSTRAINT {chance.named('ck')} CHECK ({each} > {chance.choice([-1, -5])})")
        for each in chance.some(table.of("text"), 1):
            found.append(
                chance.choice(
                    [f"KEY {chance.named('pre')} ({each}(10))", f"FULLTEXT KEY {chance.named('ft')} ({each})"]
                )
            )
        return found

    def draw_references(self) -> None:
        chance = self.chance
        for table in self.tables:
            target = chance.choice(self.tables)
            fitting = [each for each in table.of(target.columns[0][1]) if each != "id"]
            for each in chance.some(fitting, 1):
                action = chance.choice(["", " ON DELETE CASCADE"])
                self.lines.append(
                    f"ALTER TABLE {table.name} ADD CONSTRAINT {chance.named('fk')} FOREIGN KEY ({each})"
                    f" REFERENCES {target.name} (id){action}"
                )

    def draw_programs(self, table: Drawn) -> None:
        chance = self.chance
        if chance.one_in(3):
            column = chance.choice(table.columns)[0]
            self.lines.append(
                f"CREATE TRIGGER {chance.named('trg')} BEFORE UPDATE ON {table.name} FOR EACH ROW SET NEW.{column} = OLD.{column}"
            )
        if chance.one_in(2):
            columns = ", ".join(f"t.{name}" for name, _ in chance.some(table.columns, 3, 1))
            self.lines.append(
                f"CREATE VIEW {chance.named('view')} AS SELECT {columns} FROM {table.name} t WHERE t.id > 1"
            )

    def draw_others(self) -> None:
        chance = self.chance
        if chance.one_in(3):
            self.lines.append(f"CREATE FUNCTION {chance.named('plus')}(a int) RETURNS int DETERMINISTIC RETURN a + 1")
        if chance.one_in(4):
            self.lines.append(f"CREATE SEQUENCE {chance.named('numbers')} START WITH 5 INCREMENT BY 2")
        if chance.one_in(4):
            parts = "(PARTITION p0 VALUES LESS THAN (100), PARTITION p1 VALUES LESS THAN MAXVALUE)"
            self.lines.append(
                f"CREATE TABLE {chance.named('log')} (id int NOT NULL, note varchar(40), PRIMARY KEY (id)) ENGINE=InnoDB"
                f" PARTITION BY RANGE (id) {parts}"
            )
