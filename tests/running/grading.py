"""The headers of one answer, graded as graders outside do (MDN Observatory, securityheaders.com, OWASP's list of secure headers).

A hundred points, less what a fault costs; A+ is a hundred, A from 95 on, F below 50. A fault names the header.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

Fault = tuple[int, str]
GRADES = ((100, "A+"), (95, "A"), (80, "B"), (65, "C"), (50, "D"))
HALF_A_YEAR = 182 * 24 * 60 * 60
POWERFUL = ("camera", "microphone", "geolocation", "payment", "usb")
BANNERS = ("server", "x-powered-by", "x-aspnet-version", "x-generator", "via")


def grade(
    headers: Mapping[str, str], cookies: Iterable[str] = (), *, https: bool = True, public: bool = False
) -> tuple[str, list[str]]:
    """Return the grade of an answer and its faults. `public` is a file without a word about anybody."""
    said = {name.lower(): value for name, value in headers.items()}
    faults = [
        *_policy(said), *_transport(said, https), *_isolation(said), *_small(said), *_cookies(cookies, https),
        *([] if public else _private(said)),
    ]  # fmt: skip
    left = 100 - sum(points for points, _ in faults)
    letter = next((name for least, name in GRADES if left >= least), "F")
    return letter, [words for _, words in faults]


def directives(policy: str) -> dict[str, list[str]]:
    """Return a content security policy as directive -> sources; of one given twice the first counts (CSP3, section 4.1)."""
    found: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        found.setdefault(name.lower(), sources)
    return found


def _policy(said: Mapping[str, str]) -> Iterator[Fault]:
    if "content-security-policy" not in said:
        yield 40, "no Content-Security-Policy"
        return
    policy = directives(said["content-security-policy"])
    picture = "sandbox" in policy and said.get("content-type", "").startswith("image/svg+xml")
    for name, sources in policy.items():
        for source in sources:
            if source.startswith("'unsafe") and not (picture and name == "style-src"):
                yield 20, f"{name} allows {source}"
            if source in ("*", "http:", "https:") or (source == "data:" and name in ("default-src", "script-src")):
                yield 20, f"{name} allows {source}"
    for name in ("script-src", "object-src", "style-src"):
        if name not in policy and "default-src" not in policy:
            yield 20, f"nothing limits {name}"
    if policy.get("object-src", policy.get("default-src")) != ["'none'"]:
        yield 10, "object-src is not 'none'"
    if not picture:  # a sandboxed picture has no base, frames nothing and sends no form
        for name in ("base-uri", "frame-ancestors", "form-action"):
            if name not in policy:
                yield 10, f"nothing limits {name}, which default-src does not"
    if said.get("content-type", "").startswith("image/svg+xml") and "script-src" not in policy and not picture:
        yield 20, "an SVG picture that is opened by itself is a page; it needs a sandbox"


def _transport(said: Mapping[str, str], https: bool) -> Iterator[Fault]:
    if not https:
        return
    ages = [part.strip()[8:] for part in said.get("strict-transport-security", "").split(";") if "max-age=" in part]
    if not ages or not ages[0].isdigit() or int(ages[0]) < HALF_A_YEAR:
        yield 20, "no Strict-Transport-Security for half a year or more"


def _isolation(said: Mapping[str, str]) -> Iterator[Fault]:
    if said.get("x-frame-options", "").upper() not in ("DENY", "SAMEORIGIN"):
        yield 5, "no X-Frame-Options"
    if said.get("cross-origin-opener-policy") != "same-origin":
        yield 5, "no Cross-Origin-Opener-Policy: same-origin"
    if said.get("cross-origin-resource-policy") not in ("same-origin", "same-site"):
        yield 5, "no Cross-Origin-Resource-Policy"
    for name in said:
        if name.startswith("access-control-allow"):
            yield 20, f"{name} lets other sites read"


def _small(said: Mapping[str, str]) -> Iterator[Fault]:
    if said.get("x-content-type-options") != "nosniff":
        yield 5, "no X-Content-Type-Options: nosniff"
    if said.get("referrer-policy") not in (
        "no-referrer",
        "same-origin",
        "strict-origin",
        "strict-origin-when-cross-origin",
    ):
        yield 5, "no Referrer-Policy that keeps addresses in"
    allowed = said.get("permissions-policy", "")
    for name in POWERFUL:
        if f"{name}=()" not in allowed:
            yield 5, f"Permissions-Policy leaves {name} on"
    for name in BANNERS:
        if name in said:
            yield 5, f"{name}: {said[name]} says what runs here"


def _cookies(cookies: Iterable[str], https: bool) -> Iterator[Fault]:
    for cookie in cookies:
        name, *attributes = (part.strip().lower() for part in cookie.split(";"))
        name = name.partition("=")[0]
        wanted = ["httponly", *(["secure"] if https else [])]
        for attribute in wanted:
            if attribute not in attributes:
                yield 10, f"the cookie {name} is not {attribute}"
        if not any(each in ("samesite=lax", "samesite=strict") for each in attributes):
            yield 10, f"the cookie {name} goes along from other sites"


def _private(said: Mapping[str, str]) -> Iterator[Fault]:
    words = {part.strip().partition("=")[0] for part in said.get("cache-control", "").lower().split(",")}
    if not words & {"no-store", "private"} or "public" in words:
        yield 10, "Cache-Control lets others keep it"
