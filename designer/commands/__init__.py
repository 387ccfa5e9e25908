"""What people do to a design: pure functions `(design, arguments) -> Edit`, one family a file; none touches storage."""

from designer.commands.contract import Edit, Refused

__all__ = ["Edit", "Refused"]
