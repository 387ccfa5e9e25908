"""Scratch databases of PostgreSQL: on a server of our own from the wheel, or on one that a DSN names."""
