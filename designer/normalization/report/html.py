"""A report as one HTML page: no other file is needed, it is fit for light and dark screens and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from designer.normalization.report.blocks import Block, Fold, Grid, Heading, Items, Paragraph, plain, rendered

_STYLE = """
:root { color-scheme: light dark; --line: #c9ced6; --soft: #f3f5f8; --good: #1a7f4b; --bad: #b3261e; --open: #8a6100; }
@media (prefers-color-scheme: dark) {
  :root { --line: #444b55; --soft: #22262c; --good: #5fd39a; --bad: #ff8a80; --open: #e8b84a; }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { border-top: 1px solid var(--line); padding-top: 1.5rem; margin-top: 2.5rem; }
code { font: 0.92em ui-monospace, monospace; background: var(--soft); padding: 0 0.25em; border-radius: 3px; }
code { overflow-wrap: anywhere; }
.table { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.75rem 0; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; }
.badge { font-size: 0.8rem; font-weight: 600; border: 1px solid; border-radius: 1rem; }
.badge { padding: 0.1rem 0.6rem; margin-left: 0.5rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); }
details { border-left: 3px solid var(--line); padding-left: 0.8rem; margin: 0.5rem 0; }
summary { cursor: pointer; }
@media print {
  body { max-width: none; margin: 0; }
  h2 { break-after: avoid; }
  table, details { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""


def written(blocks: Sequence[Block], *, whole: bool = True) -> str:
    """Return a report as an HTML page; with `whole` False, only what stands in its body."""
    body = "\n".join(_parts(blocks))
    if not whole:
        return body + "\n"
    title = next((plain(each.text) for each in blocks if isinstance(each, Heading)), "Report")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _parts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(level, text, badge, tone):
                shown = f' <span class="badge {tone}">{escape(badge)}</span>' if badge else ""
                yield f"<h{level}>{_inline(text)}{shown}</h{level}>"
            case Paragraph(text):
                yield f"<p>{_inline(text)}</p>"
            case Items(items, ordered):
                tag = "ol" if ordered else "ul"
                yield f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"
            case Grid():
                yield _table(block)
            case Fold(summary, inner):
                yield f"<details><summary>{_inline(summary)}</summary>"
                yield from _parts(inner)
                yield "</details>"


def _table(grid: Grid) -> str:
    head = "".join(f'<th scope="col">{_inline(each)}</th>' for each in grid.header)
    rows = "".join(f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in grid.rows)
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _inline(text: str) -> str:
    return rendered(text, escape, lambda each: f"<code>{escape(each)}</code>")
