"""Samples of texts by kind: lists that are to be found, and texts with commas that mean one value."""

from __future__ import annotations

import random
from collections.abc import Callable

_WORDS = ["red", "green", "blue", "sale", "new", "vegan", "bio", "outdoor", "kids", "summer", "winter", "promo"]
_FIRST = [
    "Ada",
    "Grace",
    "Alan",
    "Edgar",
    "Barbara",
    "Edsger",
    "Donald",
    "Frances",
    "Ken",
    "Margaret",
    "Tony",
    "Niklaus",
]
_LAST = [
    "Lovelace",
    "Hopper",
    "Turing",
    "Codd",
    "Liskov",
    "Dijkstra",
    "Knuth",
    "Allen",
    "Thompson",
    "Hamilton",
    "Hoare",
    "Wirth",
]
_CITIES = ["Paris", "Berlin", "Lima", "Oslo", "Rome", "Quito", "Cairo", "Delhi", "Seoul", "Tunis"]
_COUNTRIES = ["France", "Germany", "Peru", "Norway", "Italy", "Ecuador", "Egypt", "India", "Korea", "Tunisia"]
_PROSE = [
    "the",
    "order",
    "was",
    "late",
    "because",
    "our",
    "carrier",
    "lost",
    "it",
    "and",
    "nobody",
    "told",
    "us",
    "before",
    "we",
    "called",
    "them",
    "twice",
]
_FIRMS = ["Acme", "Globex", "Initech", "Umbrella", "Hooli", "Stark", "Wayne", "Wonka", "Tyrell", "Cyberdyne"]
_STREETS = ["Main", "Oak", "Pine", "Maple", "Cedar", "Elm", "View", "Lake", "Hill", "Park"]

Draw = Callable[[random.Random], str]


def _several(draw: Draw, separator: str, most: int = 5) -> Draw:
    return lambda rng: separator.join(dict.fromkeys(draw(rng) for _ in range(rng.randint(1, most))))


def _prose(rng: random.Random) -> str:
    words = [rng.choice(_PROSE) + ("," if rng.random() < 0.15 else "") for _ in range(rng.randint(4, 30))]
    return " ".join(words).capitalize() + "."


LISTS: dict[str, Draw] = {
    "tags": _several(lambda rng: rng.choice(_WORDS), ","),
    "tags in order": lambda rng: ",".join(sorted({rng.choice(_WORDS) for _ in range(rng.randint(1, 5))})),
    "tags with spaces": _several(lambda rng: rng.choice(_WORDS), ", "),
    "tags with semicolons": _several(lambda rng: rng.choice(_WORDS), "; "),
    "tags with bars": _several(lambda rng: rng.choice(_WORDS), "|"),
    "numbers of rows": _several(lambda rng: str(rng.randint(1, 9000)), ","),
    "uuids": _several(lambda rng: f"{rng.getrandbits(32):08x}-0000-4000-8000-{rng.getrandbits(48):012x}", ","),
    "mail": _several(lambda rng: f"{rng.choice(_FIRST)}{rng.randint(1, 999)}@example.org".lower(), ", ", 3),
    "codes": _several(lambda rng: f"SKU-{rng.randint(100, 99999)}", ", "),
    "roles": _several(lambda rng: rng.choice(("admin", "editor", "viewer", "owner")), ",", 3),
    "names of several words": _several(
        lambda rng: rng.choice(("Detroit Red Wings", "New York Mets", "Boston Celtics", "Utah Jazz")), ", ", 3
    ),
    "kinds of films": _several(
        lambda rng: rng.choice(("TV Dramas", "International TV Shows", "Kids' TV", "Comedies", "Crime TV Shows")),
        ", ",
        3,
    ),
    "few rows with two": lambda rng: (
        rng.choice(_COUNTRIES) + (f", {rng.choice(_COUNTRIES)}" if rng.random() < 0.17 else "")
    ),
    "lines": _several(lambda rng: rng.choice(_WORDS), "\n"),
}

INNOCENT: dict[str, Draw] = {
    "long addresses": lambda rng: (
        f"{rng.randint(1, 99)} {rng.choice(_STREETS)} St, "
        + rng.choice(("", "Apt 4, ", "Floor 2, Door 7, "))
        + f"{rng.choice(_CITIES)}, {rng.choice(_COUNTRIES)}"
    ),
    "occupations": lambda rng: rng.choice(
        (
            "Life, Physical, and Social Science",
            "Arts, Design, Sports, and Media",
            "Education",
            "Farming, Fishing, Forestry",
        )
    ),
    "dates": lambda rng: f"{rng.choice(('May', 'June', 'July'))} {rng.randint(1, 28)}, {rng.randint(2015, 2025)}",
    "city, region, country": lambda rng: (
        (n := rng.choice(_CITIES))
        + rng.choice(("", f", {_COUNTRIES[_CITIES.index(n)]}", f", {n[0]}D, {_COUNTRIES[_CITIES.index(n)]}"))
    ),
    "few firms": lambda rng: rng.choice(("Acme, Inc.", "Globex", "Initech, LLC", "Hooli, Corp", "Wayne & Sons, Inc.")),
    "decimal commas with points": lambda rng: f"{rng.randint(1, 9)}.{rng.randint(100, 999)},{rng.randint(10, 99)}",
    "pictures": lambda rng: (
        f"M{rng.randint(0, 99)},{rng.randint(0, 99)} L{rng.randint(0, 99)},{rng.randint(0, 99)}"
        + rng.choice(("", f" C{rng.randint(0, 99)},5,6,7"))
    ),
    "people of one name": lambda rng: rng.choice(
        ("Madonna", "Prince", "Cher", f"{rng.choice(_LAST)}, {rng.choice(_FIRST)}")
    ),
    "greetings": lambda rng: rng.choice(("hello", "hi, there", "yes, please", "no, thanks", "well, yes, please")),
    "Last, First, Jr.": lambda rng: f"{rng.choice(_LAST)}, {rng.choice(_FIRST)}" + rng.choice(("", "", ", Jr.")),
    "places of two or three parts": lambda rng: (
        rng.choice(("", "NW, ")) + f"{rng.choice(_CITIES)}, {rng.choice('ABC')}D"
    ),
    "ranges of money": lambda rng: rng.choice(
        ("$50,000-$74,999", "$75,000-$99,999", "$100,000-$124,999", "$200,000+", "$0-$9,999", "Prefer not to answer")
    ),
    "Last, First": lambda rng: f"{rng.choice(_LAST)}, {rng.choice(_FIRST)}",
    "firms": lambda rng: rng.choice(_FIRMS) + rng.choice(("", ", Inc.", ", Ltd.", " & Sons, Inc.")),
    "addresses": lambda rng: (
        f"{rng.randint(1, 999)} {rng.choice(_STREETS)} St"
        + rng.choice(("", f", Apt {rng.randint(1, 40)}", f", Floor 2, {rng.choice(_CITIES)}"))
    ),
    "coordinates": lambda rng: f"{rng.uniform(-90, 90):.5f}, {rng.uniform(-180, 180):.5f}",
    "decimal commas": lambda rng: f"{rng.randint(0, 900)},{rng.randint(0, 99):02d}" if rng.random() < 0.8 else "12",
    "thousands": lambda rng: f"{rng.randint(1, 9_000_000):,}",
    "prose": _prose,
    "user agents": lambda rng: (
        f"Mozilla/5.0 (X11; Linux x86_64{rng.choice(('', '; rv:109.0'))}) AppleWebKit/537.36 "
        f"(KHTML, like Gecko) Chrome/{rng.randint(80, 130)}.0"
    ),
    "colours": lambda rng: f"rgb({rng.randint(0, 255)}, {rng.randint(0, 255)}, {rng.randint(0, 255)})",
    "paths of pictures": lambda rng: " ".join(f"L{rng.randint(0, 99)},{rng.randint(0, 99)}" for _ in range(4)) + "Z",
    "cron": lambda rng: f"{rng.choice(('0', '0,30', '*/5', '0,15,30,45'))} {rng.choice(('*', '8', '8,12,18'))} * * *",
    "city, country": lambda rng: f"{(n := rng.choice(_CITIES))}, {_COUNTRIES[_CITIES.index(n)]}",
    "city, country or city": lambda rng: (
        (n := rng.choice(_CITIES)) + (f", {_COUNTRIES[_CITIES.index(n)]}" if rng.random() < 0.6 else "")
    ),
    "moments": lambda rng: f"2024-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}, {rng.randint(10, 23)}:00",
    "addresses of pages": lambda rng: f"https://example.org/p/{rng.randint(1, 99)}?a={rng.randint(1, 9)};b=2,3",
    "subjects": lambda rng: rng.choice(("Re: ", "Fwd: ", "")) + _prose(rng)[:50],
    "versions": lambda rng: f"{rng.randint(0, 9)}.{rng.randint(0, 20)}.{rng.randint(0, 9)}",
    "phones": lambda rng: f"+49 {rng.randint(30, 999)} {rng.randint(10000, 999999)}",
    "titles": lambda rng: (
        " ".join(rng.choice(_PROSE) for _ in range(4)).title() + (", Vol. 2" if rng.random() < 0.3 else "")
    ),
    "names": lambda rng: f"{rng.choice(_FIRST)} {rng.choice(_LAST)}" + rng.choice(("", ", PhD", ", Jr.", "")),
    "sizes": lambda rng: f"{rng.randint(1, 90)}x{rng.randint(1, 90)}",
}
"""Texts that a rule of commas alone would take for lists."""


def sample(draw: Draw, rows: int = 200) -> list[str | None]:
    """Return that many values of a kind, the same ones every time."""
    rng = random.Random(20_26)
    return [draw(rng) for _ in range(rows)]
