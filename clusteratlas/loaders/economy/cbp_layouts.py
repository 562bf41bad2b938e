"""Record layouts of County Business Patterns, 1998 to 2023.

Eras of the published files (record layouts of the Census Bureau, by vintage):

- 1998-2006: figures, suppression flag ``empflag``;
- 2007-2016: noise flags ``emp_nf``, ``qp1_nf``, ``ap_nf`` are added;
- 2017: the smallest size class ``n1_4`` becomes ``n<5``; ``empflag`` may be absent;
- 2018-2023: ``empflag`` is gone.

State and national files also carry employment, payroll and flags by size class, and the legal form
of organization ``lfo`` (national from 2008, state from 2010).
"""

from __future__ import annotations

from clusteratlas.loaders.source.declaration import Layout

VINTAGES = frozenset(range(1998, 2024))

SIZES = (
    "n1_4",
    "n5_9",
    "n10_19",
    "n20_49",
    "n50_99",
    "n100_249",
    "n250_499",
    "n500_999",
    "n1000",
    "n1000_1",
    "n1000_2",
    "n1000_3",
    "n1000_4",
)
"""Our names of the size classes; the last four split ``n1000``."""

FLAG_BOUNDS: dict[str, tuple[int, int | None]] = {
    "A": (0, 19),
    "B": (20, 99),
    "C": (100, 249),
    "E": (250, 499),
    "F": (500, 999),
    "G": (1_000, 2_499),
    "H": (2_500, 4_999),
    "I": (5_000, 9_999),
    "J": (10_000, 24_999),
    "K": (25_000, 49_999),
    "L": (50_000, 99_999),
    "M": (100_000, None),
    "S": (0, 100_000),
}
"""Employment that each ``empflag`` stands for; S as in Eckert, Fort, Schott & Yang 2020."""

NOISE_FLAGS = frozenset("GHJDS")
"""G: noise below 2 %; H: 2 to below 5 %; J: 5 % and more; D, S: withheld."""

LEGAL_FORMS = frozenset("-CZSPNGO")
"""``lfo``: all together, corporations, S-corporations, sole proprietors, partnerships, nonprofits,
government, other."""

AREA_COLUMNS = {
    "msa": ("msa",),
    "state": ("fipstate",),
    "county": ("fipstate", "fipscty"),
    "us": (),
}

_FIGURES = frozenset({"naics", "emp", "ap", "est"})
_NOISE = frozenset({"emp_nf", "ap_nf"})
_SPLITS = frozenset(SIZES[-4:])


def layouts(kind: str) -> tuple[Layout, ...]:
    """Layouts of one kind of file.

    Parameters
    ----------
    kind
        ``msa``, ``state``, ``county`` or ``us``.
    """
    legal_form_since = {"us": 2008, "state": 2010}.get(kind)
    out = []
    for vintage in sorted(VINTAGES):
        smallest = "n1_4" if vintage < 2017 else "n<5"
        columns = _FIGURES | frozenset(AREA_COLUMNS[kind]) | frozenset(SIZES[1:]) | {smallest}
        optional: frozenset[str] = frozenset()
        ignored = frozenset({"qp1"})
        if vintage >= 2007:
            columns |= _NOISE
            ignored |= {"qp1_nf"}
        if vintage <= 2017:
            columns |= {"empflag"}
        if vintage == 2017:
            optional |= {"empflag"}
        if legal_form_since is not None:
            optional |= _SPLITS
            ignored |= _by_size(smallest.removeprefix("n"))
            if vintage >= legal_form_since:
                columns |= {"lfo"}
        if kind == "us":
            ignored |= {"uscode"}
        if kind == "county":
            ignored |= {"censtate", "cencty"}
        out.append(Layout(frozenset({vintage}), columns, ignored, optional))
    return tuple(out)


def _by_size(smallest: str) -> frozenset[str]:
    """Columns by size class that only state and national files have, with their noise flags."""
    classes = [smallest, *(size.removeprefix("n") for size in SIZES[1:9])]
    return frozenset(
        f"{figure}{size}{flag}" for figure in "efqa" for size in classes for flag in ("", "nf")
    )
