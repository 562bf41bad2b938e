"""ZIP codes and the counties that their addresses are in, with shares of business addresses."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import codes, read_csv_text, reals
from clusteratlas.loaders.source.vintages import OLD_COUNTIES, since

_SHARES = {
    "RES_RATIO": "residential",
    "BUS_RATIO": "business",
    "OTH_RATIO": "other",
    "TOT_RATIO": "all",
}
_LAYOUT = Layout(
    vintages=frozenset({2023}),
    columns=frozenset({"ZIP", "COUNTY", "USPS_ZIP_PREF_CITY", *_SHARES}),
    ignored=frozenset({"USPS_ZIP_PREF_STATE"}),
)
_ROUNDING = 1e-6
"""How far the shares of a ZIP code may be from 1, or from 0 where it has no such addresses."""


def _read_zip_counties(path: Path, vintage: int) -> pd.DataFrame:
    del vintage
    return read_csv_text(path, keep=_LAYOUT.columns)


def _tidy_zip_counties(raw: pd.DataFrame, vintage: int) -> pd.DataFrame:
    del vintage
    out = pd.DataFrame(
        {
            "zip": codes(raw["ZIP"], 5),
            "county": codes(raw["COUNTY"], 5),
            "city": raw["USPS_ZIP_PREF_CITY"],
            **{name: reals(raw[column], filled=True) for column, name in _SHARES.items()},
        }
    )
    sums = out.groupby("zip")[list(_SHARES.values())].sum()
    whole = (sums - 1).abs().le(_ROUNDING) | sums.abs().le(_ROUNDING)
    if not whole.to_numpy().all():
        wrong = sums.index[~whole.all(axis=1)][0]
        raise SourceError(
            f"ZIP to county: the shares of ZIP code {wrong} do not sum to 1",
            hint="the file is not whole; fetch it again from the publisher",
        )
    return out


ZIP_COUNTIES = Source(
    id="zip-counties",
    title="HUD-USPS ZIP code crosswalk: ZIP codes to counties",
    publisher="U.S. Department of Housing and Urban Development, Office of Policy Development "
    "and Research",
    licence="US public domain",
    homepage="https://www.huduser.gov/portal/datasets/usps_crosswalk.html",
    url=None,
    pattern=r"hud_zip_county_(?P<year>\d{4})q[1-4]\.csv(?:\.gz)?",
    example="hud_zip_county_2023q1.csv.gz",
    vintages=frozenset({2023}),
    goes_on=True,
    layouts=(_LAYOUT,),
    columns=(
        SourceColumn("zip", "string", "ZIP code, five digits"),
        SourceColumn("county", "string", "five-digit FIPS code; Connecticut has its old counties"),
        SourceColumn("city", "string", "name that the Postal Service prefers for the ZIP code"),
        SourceColumn("residential", "Float64", "share of the ZIP code's homes", "share"),
        SourceColumn("business", "Float64", "share of its business addresses", "share"),
        SourceColumn("other", "Float64", "share of its other addresses", "share"),
        SourceColumn("all", "Float64", "share of all its addresses", "share"),
    ),
    key=("zip", "county"),
    read=_read_zip_counties,
    tidy=_tidy_zip_counties,
    distinct=True,
    # The publisher went over to planning regions later; in which quarter is not known.
    counties=since({2023: OLD_COUNTIES, 2024: None}),
    note="Shares of a kind of address sum to 1 over the counties of a ZIP code, or to 0 where it "
    "has none of that kind. The publisher asks for an account; the file is fetched by hand.",
)
