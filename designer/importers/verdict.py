"""Whether what was read is what the user meant to give us: a text cut short, or in another dialect."""

from __future__ import annotations

import re

from designer.importers.contract import Finding, ImportProblem, Outcome, Report
from designer.importers.live.pasted import is_snapshot
from designer.importers.sql.detect import detect

_SQL_VERB = re.compile(
    r"^(create|alter|drop|insert|select|update|delete|with|grant|revoke|comment|set|use|begin|copy|do|call|explain|db\.)\b",
    re.IGNORECASE,
)


def doubt(report: Report, text: str, asked_dialect: str) -> ImportProblem | None:
    """Return why the whole text should be looked at again, or None where single statements failed at most.

    One bad statement costs only itself; a dump that ends in the middle of one, a dialect that does not fit and a
    text that is no SQL at all cost more than they tell.
    """
    failed = [finding for finding in report.findings if finding.outcome is Outcome.FAILED]
    if not failed or is_snapshot(text):
        return None
    cut = _cut_off(report, failed, text)
    if cut is not None:
        return cut
    foreign = _other_dialect(report, failed, text, asked_dialect)
    if foreign is not None:
        return foreign
    counts = report.counts()
    read = counts["imported"] + counts["verbatim"] + counts["skipped"]
    if read == 0 and not any(_SQL_VERB.match(finding.what) for finding in failed):
        first = failed[0]
        return ImportProblem(f"there is no SQL statement in this text: {first.message}", first.line, first.column)
    return None


def _other_dialect(report: Report, failed: list[Finding], text: str, asked: str) -> ImportProblem | None:
    """Return that the text is not of the dialect that was asked for: by its looks, and by how much of it failed."""
    if asked == "auto":
        return None
    seems = detect(text)
    counts = report.counts()
    read = counts["imported"] + counts["verbatim"] + counts["skipped"]
    alike = seems == asked or {seems, asked} == {"mysql", "mariadb"}
    if len(failed) <= (read if alike else read // 20):
        return None
    first = failed[0]
    hint = f"it looks like {seems}, " if not alike else ""
    return ImportProblem(
        f"{len(failed)} of {len(failed) + read} statements are not {asked}; {hint}try --dialect auto. "
        f"The first is {first.what}: {first.message}",
        first.line,
        first.column,
    )


def _cut_off(report: Report, failed: list[Finding], text: str) -> ImportProblem | None:
    last = failed[-1]
    if any(other.line > last.line for other in report.findings) or not _SQL_VERB.match(last.what):
        return None
    tail = text.rstrip()
    if tail.endswith((";", "\\.")) or tail[-2:] == "$$":
        return None
    return ImportProblem(
        f"the file ends in the middle of {last.what}; it seems to be cut short. Get the whole file",
        last.line,
        last.column,
    )
