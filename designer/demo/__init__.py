"""The demo design: a web shop as concepts, as a logical model and as PostgreSQL tables, traced to one another."""

from designer.demo.build import demo_design

__all__ = ["demo_design"]
