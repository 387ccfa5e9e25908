"""Dependencies, keys and references found in data."""
