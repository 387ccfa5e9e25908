"""Conceptual, logical and physical: deriving one level from the one above, keeping them in step, and tracing."""
