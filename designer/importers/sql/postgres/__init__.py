"""PostgreSQL, read with the server's own grammar."""
