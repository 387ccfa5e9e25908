"""The dependencies of a design: where they come from, what they mean for its tables, and the fixes."""
