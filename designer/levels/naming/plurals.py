"""English plurals and singulars of single words, as tables are named.

A table of ours instead of a library: a derivation must give the same names for ever, also after an update. A word with
letters beyond ASCII is taken for another language and stays as it is. Rules after Conway, "An Algorithmic Approach to
English Pluralization" (1998).
"""

from __future__ import annotations

import re
from functools import lru_cache

from designer.dialects.base import words

_IRREGULAR = dict(
    pair.split(":")
    for pair in words("""
    person:people child:children man:men woman:women foot:feet tooth:teeth goose:geese mouse:mice louse:lice ox:oxen
    datum:data medium:media criterion:criteria phenomenon:phenomena taxon:taxa bacterium:bacteria
    curriculum:curricula memorandum:memoranda stratum:strata erratum:errata addendum:addenda ovum:ova
    spectrum:spectra index:indexes vertex:vertices matrix:matrices appendix:appendices codex:codices vortex:vortices
    alumnus:alumni nucleus:nuclei stimulus:stimuli radius:radii fungus:fungi cactus:cacti locus:loci
    syllabus:syllabi larva:larvae alumna:alumnae formula:formulas antenna:antennas vertebra:vertebrae knife:knives
    life:lives wife:wives leaf:leaves loaf:loaves shelf:shelves self:selves half:halves calf:calves thief:thieves
    wolf:wolves elf:elves hoof:hooves scarf:scarves wharf:wharves sheaf:sheaves potato:potatoes tomato:tomatoes
    hero:heroes echo:echoes torpedo:torpedoes veto:vetoes embargo:embargoes mosquito:mosquitoes cargo:cargoes
    volcano:volcanoes mango:mangoes buffalo:buffaloes domino:dominoes quiz:quizzes whiz:whizzes fez:fezzes bus:buses
    gas:gases yes:yeses plus:pluses minus:minuses use:uses id:ids die:dice penny:pennies passerby:passersby
    corpus:corpora genus:genera opus:opuses axis:axes ellipsis:ellipses oasis:oases chassis:chassis iris:irises
    penis:penises pelvis:pelvises cache:caches axe:axes move:moves save:saves valve:valves curve:curves
    sleeve:sleeves glove:gloves stove:stoves drive:drives archive:archives directive:directives objective:objectives
    alternative:alternatives initiative:initiatives representative:representatives executive:executives
    relative:relatives native:natives movie:movies cookie:cookies pie:pies tie:ties lie:lies zombie:zombies
    rookie:rookies calorie:calories genie:genies selfie:selfies hoodie:hoodies brownie:brownies collie:collies
    prairie:prairies birdie:birdies shoe:shoes toe:toes foe:foes canoe:canoes oboe:oboes hoe:hoes doe:does
    menu:menus guru:gurus emu:emus gnu:gnus tutu:tutus ecu:ecus cpu:cpus gpu:gpus sku:skus taxi:taxis ski:skis
    kiwi:kiwis bikini:bikinis alibi:alibis safari:safaris rabbi:rabbis api:apis uri:uris wiki:wikis gui:guis
    kpi:kpis poi:pois bonsai:bonsais emoji:emojis
""")
)

_SAME = words("""
    accommodation advice aircraft analytics athletics baggage billiards bison bread butter cash clothing cod
    commerce compliance content corps cutlery data deer diabetes economics electricity electronics equipment
    evidence feedback fish furniture garbage graphics headquarters health homework hardware housing infrastructure
    information inventory jeans jewelry kudos knowledge livestock logistics luggage machinery mathematics means
    measles metadata money moose music mail merchandise news offspring pants personnel physics police politics
    pollution premises progress rice research salmon scissors series sheep shrimp shorts software spacecraft species
    sports staff statistics stuff swine tennis thanks traffic transportation trout trousers underwear vitae wealth
    weather weaponry welfare wheat wildlife his hers ours theirs its this thus
""")
"""Words that are their own plural, or have none."""
_COUNTED_AFTER_ALL = {"inventory": "inventories"}

_SINGULAR_IN_S = words("""
    alias atlas bias canvas christmas pancreas pyjamas texas pajamas madras christmas always perhaps lens chaos
    cosmos ethos pathos asbestos rhinoceros thermos albatross sms gps dns cms https http tls css aws ios os pos iss
    uss vps rss bonus campus census chorus circus citrus consensus crocus discus focus virus status apparatus nexus
    abacus prospectus surplus walrus lotus sinus versus bus plus minus prius radius genus corpus opus mars venus
    tennis debris metropolis trellis arthritis
""")
_SINGULAR = {many: one for one, many in _IRREGULAR.items()} | {
    "indices": "index", "vertexes": "vertex", "matrixes": "matrix", "appendixes": "appendix", "persons": "person",
    "formulae": "formula", "antennae": "antenna", "syllabuses": "syllabus", "curriculums": "curriculum",
    "cactuses": "cactus", "mangos": "mango", "volcanos": "volcano", "cargos": "cargo", "dice": "die",
    "does": "does", "axes": "axis", "ellipses": "ellipsis", "dwarves": "dwarf", "dwarfs": "dwarf",
    "media": "medium", "bases": "base", "memorandums": "memorandum",
}  # fmt: skip
_MEN = frozenset({"specimen", "abdomen", "regimen", "acumen", "omen", "hymen", "semen", "lumen", "stamen"})
_USE = ("auses", "ouses", "cluses", "fuses", "muses", "ruses", "cuses", "buses", "reuses", "misuses", "overuses")
_E_STAYS = frozenset({"aches", "headaches", "toothaches", "backaches", "heartaches", "niches", "creches", "caches"})
_HARD_CH = frozenset({"stomach", "monarch", "patriarch", "matriarch", "epoch", "tech", "loch", "eunuch"})
_MAN = ("human", "german", "roman", "shaman", "talisman", "ottoman", "caiman", "norman", "cayman")
_SIS = re.compile(
    r"(?:^ba|^the|hypothe|cri|analy|paraly|diagno|progno|prosthe|synthe|parenthe|empha|gene|neme|oa|synop|catharsi|dialy|neuro|psycho"
    r"|osmo|mito|meio|thrombo|cirrho|scolio|symbio|metamorpho|apotheo|ellip)s[ei]s$"
)
_VOWEL = re.compile(r"[aeiouy]")
_ASCII = re.compile(r"^[a-z]+$")


@lru_cache(maxsize=20_000)
def plural(word: str) -> str:
    """Return the plural of a lower-case word; one that is a plural already stays."""
    if not _ASCII.match(word) or len(word) < 2 or _is_plural(word):
        return word
    return _made_plural(word)


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """Return the singular of a lower-case word; one that is a singular already stays."""
    if not _ASCII.match(word) or word in _IRREGULAR or word in _SAME or word in _SINGULAR_IN_S:
        return word
    return _SINGULAR.get(word) or _compound(word, _PLURAL_TAILS, _SINGULAR) or _cut(word)


def _is_plural(word: str) -> bool:
    if word in _SAME or word in _SINGULAR:
        return word not in _COUNTED_AFTER_ALL
    one = singular(word)
    return one != word and _made_plural(one) == word


def _made_plural(word: str) -> str:
    known = _COUNTED_AFTER_ALL.get(word) or _IRREGULAR.get(word) or _compound(word, _TAILS, _IRREGULAR)
    if known:
        return known
    if word in _SINGULAR_IN_S and not _VOWEL.search(word):
        return word  # an acronym: sms, dns
    if word.endswith("man") and not word.endswith(_MAN):
        return word[:-2] + "en"
    if _SIS.search(word) and word.endswith("is"):
        return word[:-2] + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith("quy"):
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + ("s" if word in _HARD_CH else "es")
    return word + "s"


def _compound(word: str, tails: tuple[str, ...], table: dict[str, str]) -> str:
    """Return a compound with its irregular last part changed: `salesperson`, `bookshelf`, `grandchildren`."""
    tail = next((each for each in tails if word.endswith(each) and len(word) > len(each) + 1), "")
    return word.removesuffix(tail) + table[tail] if tail else ""


_TAILS = (
    "person", "child", "woman", "foot", "tooth", "mouse", "goose", "shelf", "knife", "wife", "life", "leaf", "loaf",
    "criterion", "datum", "matrix", "vertex",
)  # fmt: skip
_PLURAL_TAILS = tuple(_IRREGULAR[tail] for tail in _TAILS if tail != "datum")


def _cut(word: str) -> str:
    if word.endswith("men") and len(word) > 4 and word not in _MEN:
        return word[:-2] + "an"
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) < 3:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if _SIS.search(word):
        return word[:-2] + "is"
    takes_es = word.endswith(("sses", "xes", "ches", "shes", "zzes", "tzes")) and word not in _E_STAYS
    if (
        (word.endswith("es") and word[:-2] in _SINGULAR_IN_S)
        or takes_es
        or (word.endswith("uses") and not word.endswith(_USE))
    ):
        return word[:-2]
    return word[:-1]
