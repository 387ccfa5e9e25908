"""A design proven on a real server: its DDL applied to a throw-away database, the catalogs read back and compared."""
