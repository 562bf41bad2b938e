"""Names of organizations brought into one form, so that spellings can be compared.

The normal form of a name is lower case ASCII, without legal form, punctuation and small words,
with the abbreviations of registers written one way: ``'The Acme Mfg. Co., Inc. /DE/'`` and
``'ACME MANUFACTURING'`` are both ``'acme mfg'``.
"""

from __future__ import annotations

import contextlib
import html
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from rapidfuzz.distance import OSA

from clusteratlas.analysis.organizations.wordlists import ABBREVIATIONS, LEGAL_FORMS


def _cut_off() -> dict[str, str]:
    """Give the beginnings of long words that only one of :data:`ABBREVIATIONS` has."""
    found: dict[str, set[str]] = {}
    for word, form in ABBREVIATIONS.items():
        for length in range(_BEGINNING, len(word)):
            found.setdefault(word[:length], set()).add(form)
    return {
        start: next(iter(forms))
        for start, forms in found.items()
        if len(forms) == 1 and start not in ABBREVIATIONS
    }


_BEGINNING = 5
_CUT_OFF = _cut_off()
"""Beginning of a word -> its form: registers cut names off at a fixed length."""
_LONG = 26
"""Letters from which on a name may have been cut off."""

_SMALL_WORDS = "a an and at by de for from in la of on or the to y"
_SMALL = frozenset(_SMALL_WORDS.split())
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
_LAST_ROMAN = {"i": "1", "v": "5", "x": "10"}
_MARKS = frozenset({"no", "num", "number", "nbr"})

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r" united states$", ""),
        (r"\b(board of )?(trustees|regents) of( the)?\b|\bpresident and fellows of\b", ""),
        (r"\bstate u\b", "state university"),
        (r"\bunited states( of america)?\b|\bu s a\b|\busa\b|\bu s of a\b", "us"),
        (r"\bu s\b", "us"),
        (r"\bhealth care\b", "healthcare"),
        (r"\bl l c\b", "llc"),
        (r"\bl l p\b", "llp"),
        (r"\bl p$", "lp"),
        (r"\bn a$|\bnational association$", ""),
        (r"\bs a$", "sa"),
        (r"\bp c$", "pc"),
        (r"\br d\b|\brd\b", "r and d"),
        (r"^at t\b", "att"),
        (r"\bwaste water\b", "wastewater"),
        (r"\bbio tech\b", "biotech"),
        (r"\bcity univ\b", "city university"),
        (r"\b(univ\w*) of calif\b", r"\1 of california"),
        (r"\bmed ctr\b", "medical center"),
        (r"\bgen sta\b", "generating station"),
        (r"\bgen hosp\w*\b", "general hospital"),
        (r"\bgeneral gen\b", "general"),
    )
)
_OTHER_NAME = re.compile(
    r"\s*[,;(/-]*\s*\b(?:d\s?[./]?\s?b\s?[./]?\s?a\b|doing business as|f\s?/?\s?k\s?/?\s?a\b|"
    r"a\s?/\s?k\s?/\s?a\b|aka\b|formerly(?: known as)?|also known as|t/a|trading as|"
    r"previously(?: known as)?|now known as)[\s:.,/]*",
    re.IGNORECASE,
)
_CARE_OF = re.compile(r"\s*\bc/o\b.*$|\s*\battn\b.*$", re.IGNORECASE)
_REGISTRATION = re.compile(r"\s*[/\\][A-Za-z]{2,5}[/\\]?\s*$")
_PARENTHESIS = re.compile(r"\(([^()]*)\)?")
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00e2][\u0080-\u00bf\u20ac\u2122\u0153\u201c\u201d\u02dc]")


def plain_ascii(text: str) -> str:
    """Give the text in lower case ASCII: entities resolved, double encodings and accents undone.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    Lower case ASCII; letters without an ASCII form are left out.
    """
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if _MOJIBAKE.search(text):
        # One odd letter among sound ones is left as it is.
        with contextlib.suppress(UnicodeError):
            text = text.encode("cp1252").decode("utf-8")
    if not text.isascii():
        text = text.replace("\u00df", "ss").replace("\u00f8", "o").replace("\u00d8", "O")
        text = text.replace("\u2019", "'").replace("\u2013", "-").replace("\u2014", "-")
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return text.casefold()


def name_variants(name: str) -> tuple[str, ...]:
    """Split a recorded name into the names in it, the main one first.

    ``'Team Ten LLC dba American Eagle Paper Mills'`` holds two; a text in parentheses that says
    *formerly* holds another.

    Parameters
    ----------
    name
        As recorded.

    Returns
    -------
    One name or more; the name itself where nothing else is in it.
    """
    text = _CARE_OF.sub("", name)
    parts = [p.strip(" ,;()/-") for p in _OTHER_NAME.split(text)]
    found = dict.fromkeys(p for p in parts if len(p) > 1)
    return tuple(found) or (name,)


def normal_form(name: str) -> str:
    """Bring a name into its normal form.

    Parameters
    ----------
    name
        As recorded, in any case and spelling.

    Returns
    -------
    str
        Words separated by single blanks. A name of nothing but a legal form or small words keeps
        them; an empty text stays empty.
    """
    words = _words(plain_ascii(_REGISTRATION.sub("", name.strip())))
    kept = _without_legal_forms(words)
    found = []
    for position, word in enumerate(kept):
        if word in _LAST_ROMAN and 0 < position == len(kept) - 1:
            found.append(_LAST_ROMAN[word])
            continue
        if word in _SMALL:
            continue
        if word in _MARKS and position + 1 < len(kept) and kept[position + 1][0].isdigit():
            continue
        cut = position == len(kept) - 1 and len(name) >= _LONG
        found.append(_CUT_OFF[word] if cut and word in _CUT_OFF else _canonical(word))
    return " ".join(found or kept or words)


def without_blanks(normal: str) -> str:
    """Leave out the blanks of a normal form: registers break words, or join them.

    Parameters
    ----------
    normal
        A normal form.

    Returns
    -------
    The same letters in one word.
    """
    return normal.replace(" ", "")


def _words(text: str) -> list[str]:
    text = _PARENTHESIS.sub(r" \1 ", text)
    text = text.replace("'", "").replace("`", "")
    text = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", text)  # u.s. -> us., i.b.m -> ibm
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    for pattern, form in _PHRASES:
        text = pattern.sub(form, text)
    # Letters that stand alone are an acronym written apart: 'a b c corp' is 'abc corp'.
    text = re.sub(r"\b(?:[a-z] )+[a-z]\b", lambda m: m.group().replace(" ", ""), text)
    return text.split()


def _without_legal_forms(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1 and (words[end - 1] in LEGAL_FORMS or words[end - 1] == "the"):
        end -= 1
    kept = words[:end]
    # Within a name ('Acme Inc Dayton Plant') only the forms that are nothing else.
    inner = [w for i, w in enumerate(kept) if i == 0 or w not in _UNMISTAKABLE]
    return inner or kept


_AMBIGUOUS = "ab ag comp corporate limited pa partnership sa se"
_UNMISTAKABLE = LEGAL_FORMS - frozenset(_AMBIGUOUS.split())


_LONG_WORD = 7
_SOUND = frozenset({"internal", "internet", "painting"})
"""Words one letter away from an abbreviated one that are no slips of the pen."""


def _by_beginning() -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    for word in ABBREVIATIONS:
        for length in range(len(word) - 1, len(word) + 2):
            found.setdefault((word[0], length), []).append(word)
    return found


_NEAR = _by_beginning()


@cache
def _slip(word: str) -> str:
    """Give the form of the abbreviated word that this is but for one letter; else nothing."""
    for known in _NEAR.get((word[0], len(word)), ()):
        if not known.startswith(word) and OSA.distance(word, known, score_cutoff=1) <= 1:
            return ABBREVIATIONS[known]
    return ""


def _canonical(word: str) -> str:
    if word in ABBREVIATIONS:
        return ABBREVIATIONS[word]
    if word in _ROMAN:
        return _ROMAN[word]
    if len(word) > _LONG_WORD and word not in _SOUND and _slip(word):
        return _slip(word)
    if word.isdigit():
        return word.lstrip("0") or "0"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


def acronym(normal_words: Iterable[str]) -> str:
    """Give the first letters of the words that are not numbers.

    Parameters
    ----------
    normal_words
        Words of a normal form.

    Returns
    -------
    For example ``mit``; empty for numbers alone.
    """
    return "".join(w[0] for w in normal_words if not w[0].isdigit())


_TOWN_FORMS = {
    "saint": "st",
    "sainte": "ste",
    "fort": "ft",
    "mount": "mt",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "township": "",
    "twp": "",
    "city": "",
    "of": "",
    "heights": "hts",
    "village": "vlg",
    "vill": "vlg",
    "springs": "spgs",
    "spring": "spg",
    "center": "ctr",
    "centre": "ctr",
    "cntr": "ctr",
    "junction": "jct",
    "beach": "bch",
    "island": "is",
    "mountain": "mtn",
    "point": "pt",
    "port": "prt",
    "harbor": "hbr",
    "valley": "vly",
    "grove": "grv",
    "creek": "crk",
    "lake": "lk",
    "falls": "fls",
    "park": "pk",
    "ridge": "rdg",
    "rapids": "rpds",
    "station": "sta",
    "boro": "borough",
}


def town_form(name: str) -> str:
    """Bring the name of a city into one form: ``'St. Louis'`` and ``'SAINT LOUIS'`` are equal.

    Parameters
    ----------
    name
        Name of a city, as recorded.

    Returns
    -------
    Words separated by single blanks; empty for an empty name.
    """
    letters = "".join(c if c.isalnum() else " " for c in plain_ascii(name).replace("'", ""))
    words = letters.split()
    short = [w for w in (_TOWN_FORMS.get(w, w) for w in words) if w]
    return " ".join(short or words)


_STATES = """
AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut;
DE Delaware; DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois;
IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana; ME Maine; MD Maryland;
MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi; MO Missouri; MT Montana;
NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; NY New York;
NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania;
RI Rhode Island; SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont;
VA Virginia; WA Washington; WV West Virginia; WI Wisconsin; WY Wyoming; PR Puerto Rico
"""

STATE_WORDS = {
    state.split()[0]: normal_form(f"x {state}").removeprefix("x ")
    for state in " ".join(_STATES.split()).split("; ")
}
"""Postal abbreviation of a state -> that and its name, in their normal forms."""
