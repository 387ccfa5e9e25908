"""Keeps the secrets that stand in addresses out of the log of this server."""

from __future__ import annotations

import logging
import re

SECRETS = re.compile(r"/(s|join|welcome|open|account/password/new|account/email/confirm)/[^\s/?\"']+")
"""Paths whose next part lets its reader in somewhere."""


class Discreet(logging.Filter):
    """Shortens such addresses in what is logged, a request that failed for one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, with `/s/…` in place of `/s/<token>`."""
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(each) if isinstance(each, str) else each for each in record.args)
        record.msg = hidden(record.msg) if isinstance(record.msg, str) else record.msg
        return True


def hidden(text: str) -> str:
    """Return a text without the secrets of the addresses in it."""
    return SECRETS.sub(r"/\1/…", text)
