"""MySQL's and MariaDB's spelling: of types, defaults, collations and the heads of programs."""
