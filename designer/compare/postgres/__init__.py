"""PostgreSQL's spelling: trees of libpg_query, brought to one form and compared node by node."""
