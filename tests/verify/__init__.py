"""A design proven on a server."""
