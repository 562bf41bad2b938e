"""SBIR and STTR: federal awards to small firms for research and development."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.awards.agencies import agency_ids
from clusteratlas.loaders.organizations.awards.sbir_full import AWARD_DATA, VINTAGE
from clusteratlas.loaders.organizations.frames import clean_text, commonest, joined, prefixed, slug
from clusteratlas.loaders.organizations.identifiers import NAMED, IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text, reals
from clusteratlas.vocabulary.keys import organization_key

LAST = 2017
"""The year in which the table of awards ends."""
SILENT_AFTER = 10
"""Years without an award after which a firm is silent."""
_YEAR = frozenset({LAST})
_WANTED = frozenset(["stco_fips", "year", "amt", "name", "program", "agency", "phase"])
_FORMS = (
    ("corp", r"corp(?:oration|on)?"),
    ("inc", r"inc(?:orporated)?"),
    ("co", r"co(?:mpany)?"),
    ("ltd", r"ltd|limited"),
    ("llc", r"l ?l ?c"),
    ("llp", r"l ?l ?p"),
    ("lp", r"l ?p"),
    ("pc", r"p ?c"),
)
"""Legal forms, as they end a name."""


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path, keep=_WANTED)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Awards numbered in the file's order, which is all the id they have; pure."""
    # "corpon" is what a careless replacement made of "corporation".
    name = clean_text(raw["name"].str.replace(r"\bcorpon\b", "corp", regex=True))
    given = raw[name.notna()]
    return pd.DataFrame(
        {
            "award": given.index + 1,
            "name": name[given.index],
            "county": given["stco_fips"].where(given["stco_fips"].str.len().eq(5)),
            "year": integers(given["year"]),
            "usd": reals(given["amt"]),
            "program": given["program"],
            "agency": given["agency"],
            "phase": given["phase"],
        }
    )


def firms(names: pd.Series, states: pd.Series, places: pd.Series) -> pd.Series:
    """Tell which rows are of one firm.

    Two rows are of one firm if their names agree but for punctuation and the spelling of the legal
    form ("corp.", "corporation"), and they are in one state; or if the names agree without legal
    form, and they are in one place. Both rules are carried on from row to row.

    Parameters
    ----------
    names, states, places
        Name, state and county (or another small area) of each row; shape (n,).

    Returns
    -------
    Series
        Number of the firm, shape (n,), with the index of ``names``.
    """
    # Most names stand in many rows.
    known = names.drop_duplicates()
    plain = known.str.lower().str.replace("&", " and ").str.replace(r"['.]", "", regex=True)
    core = plain.str.replace(r"[^a-z0-9]+", " ", regex=True).str.strip()
    form = pd.Series("", index=known.index, dtype="string")
    for short, spelled in _FORMS:
        ends = core.str.contains(rf"\w (?:{spelled})$", regex=True)
        form = form.mask(ends & form.eq(""), short)
        core = core.mask(ends, core.str.replace(rf" (?:{spelled})$", "", regex=True))
    core = names.map(core.set_axis(known))
    form = names.map(form.set_axis(known))
    keys = pd.DataFrame(
        {"core": core, "form": form, "state": states.fillna(""), "place": places.fillna("")}
    )
    spelled_alike = keys.groupby(["core", "form", "state"], sort=False).ngroup()
    in_place = keys.groupby(["core", "state", "place"], sort=False).ngroup()
    firm = spelled_alike
    while True:
        wider = firm.groupby(in_place).transform("min")
        wider = wider.groupby(spelled_alike).transform("min")
        if wider.equals(firm):
            return firm
        firm = wider


def sbir_records(tables: dict[str, pd.DataFrame]) -> Records:
    """One record a firm, and its awards by agency and program as links; pure."""
    full = f"{AWARD_DATA.id}:{VINTAGE}"
    if full in tables:
        awards = tables[full]
        last = int(awards["year"].max())
        return _from_awards(awards.assign(place=awards["zip"]), last)
    awards = tables[f"sbir-awards:{LAST}"]
    state = awards["county"].str.slice(0, 2).map(_POSTAL)
    return _from_awards(awards.assign(state=state, place=awards["county"]), LAST)


def _from_awards(awards: pd.DataFrame, last: int) -> Records:
    """Make firms and links out of awards; ``last`` is the year in which the awards end."""
    awards = awards.assign(firm=firms(awards["name"], awards["state"], awards["place"]))
    awards = awards.sort_values(["firm", "award"])
    firm = awards["firm"]
    years = awards["year"].fillna(0).astype("int64")
    by_firm = awards.groupby("firm")
    record = pd.DataFrame(
        {
            "name": commonest(awards["name"], firm, years),
            "size": by_firm["usd"].sum(),
            "first_seen": by_firm["year"].min(),
            "last_seen": by_firm["year"].max(),
        }
    )
    for column in ("street", "city", "state", "zip", "county", "duns", "uei"):
        if column in awards:
            record[column] = commonest(awards[column], firm, years).astype("string")
    spellings = awards["name"].mask(awards["name"].eq(firm.map(record["name"])))
    recent = record["last_seen"].ge(last - SILENT_AFTER).fillna(False).astype(bool)
    state = record["state"].fillna("us").str.lower()
    record = record.assign(
        id=_unique(slug(record["name"]).str.cat(state, sep="-")),
        aliases=joined(spellings, firm).reindex(record.index),
        kind="company",
        status=recent.map({True: "active", False: "silent"}),
    )
    if "duns" in record:
        ids = prefixed("duns", record["duns"]).str.cat(prefixed("uei", record["uei"]), sep=" ")
        record["identifiers"] = clean_text(ids)
    return Records(shaped(record.sort_values("id")), shaped(_grants(awards, record["id"]), LINK))


def _grants(awards: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    grants = awards.assign(
        id=awards["firm"].map(ids), agency=awards["agency"].map(agency_ids())
    ).dropna(subset="agency")
    links = grants.groupby(["id", "agency", "program"], as_index=False).agg(
        usd=("usd", "sum"),
        count=("award", "size"),
        first_seen=("year", "min"),
        last_seen=("year", "max"),
    )
    return links.assign(
        type="FUNDED_BY",
        to_id="",
        to_key=organization_key("agency", links["agency"]),
        evidence=links["program"] + " awards to the firm: " + links["count"].astype("string"),
    )


def _unique(ids: pd.Series) -> pd.Series:
    """Ids with a number from the second holder on."""
    again = ids.groupby(ids).cumcount()
    return ids.where(again.eq(0), ids + "-" + (again + 1).astype("string"))


_POSTAL = {fips: code for fips, (code, _) in STATES.items()}

AWARDS = Source(
    id="sbir-awards",
    title="SBIR and STTR awards by firm and county",
    publisher="U.S. Small Business Administration",
    licence="US public domain",
    homepage="https://www.sbir.gov/awards",
    url=None,
    pattern=r"sbir_sttr_awards\.csv(\.gz)?",
    vintages=_YEAR,
    # Whether the owner is a woman or disadvantaged is about a person.
    layouts=(
        Layout(_YEAR, _WANTED, ignored=frozenset({"Hub", "gender", "disadv", "count_awards"})),
    ),
    columns=(
        SourceColumn("award", "Int64", "number of the row: awards have no id here"),
        SourceColumn("name", "string", "firm, lower case"),
        SourceColumn("county", "string", "county, five digits"),
        SourceColumn("year", "Int64", "year of the award", "year"),
        SourceColumn("usd", "Float64", "amount; 0 where it is not known", "USD"),
        SourceColumn("program", "string", "SBIR or STTR"),
        SourceColumn("agency", "string", "agency that awards"),
        SourceColumn("phase", "string", "Phase I or Phase II"),
    ),
    key=("award",),
    read=_read,
    tidy=_tidy,
    vintage=LAST,
    note="Rows that repeat another one exactly are kept: they may be equal awards.",
    example="sbir_sttr_awards.csv.gz",
)
REGISTER = Register(
    key="sbir",
    title="SBIR and STTR awards",
    holds="small firms that won a federal award for research and development since 1983",
    lacks="firms with more than 500 employees, firms that never applied or won, what became of a "
    "firm after its last award",
    size_unit="USD of awards",
    sources=(("sbir-awards", LAST),),
    full=("sbir-award-data",),
    scheme=IdScheme("sbir", form=NAMED),
    naming=140,
    cities=False,
    gather=sbir_records,
)
