"""Two designs compared."""
