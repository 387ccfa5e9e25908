"""What people say about dependencies, and the edits that take a table apart."""
