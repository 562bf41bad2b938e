"""Keys of everything in an edition: made here, taken apart here, and nowhere else.

A key is readable, and its form says what it names:

======================  ===========================================
industry                ``naics2017:325414``
sector                  ``bea2017:325414``
occupation              ``soc2018:19-1021``
region                  ``us``, ``state:25``, ``cbsa:14460``, ``county:25017``, ``ea:19``,
                        ``custom:five-counties``
set of definitions      ``us-2021/reviewed``
cluster                 ``us-2021/reviewed:wine``
family of clusters      ``us-2021/reviewed:family-food``
subcluster              ``us-2021/reviewed:wine/grapes``
regional cluster        ``us-2021/reviewed:wine@cbsa:34900``
organization, record    ``ror:042nb2s44``, ``tri:02139GNZYM500KE``
source                  ``cbp-msa-2019``, ``supplied-five-counties-aa6c419d``
======================  ===========================================

``make`` functions take text, or a whole column of it; only single keys are checked when they are
made. A parser gives back what the function that makes the key was given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, overload

from clusteratlas.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Text = TypeVar("Text", str, "pd.Series[Any]")
"""One text, or a column of texts."""

NATION = "us"
"""Key of the nation, the one region without a code."""

CUSTOM = "custom"
"""Type of the regions that somebody put together of counties; the set of such clusters."""

_AT = "@"
_CODES = {
    "state": r"\d{2}",
    "cbsa": r"\d{5}",
    "county": r"\d{5}",
    "ea": r"\d{1,3}",
    CUSTOM: r"[^:@/\s]+",
}
"""Form of the codes of each type of region that has codes."""

_NAME = r"[^:@/\s]+"
_DEFINITION = f"{_NAME}/{_NAME}"
_CLUSTER_ID = f"{_NAME}(?:/{_NAME})?"
_FAMILY = "family-"
_REGION = "|".join([NATION, *(f"{type_}:{code}" for type_, code in _CODES.items())])


@dataclass(frozen=True, slots=True)
class Scheme:
    """One form of keys."""

    label: str
    """Label of the nodes that it names."""
    example: str
    pattern: re.Pattern[str]
    """What a whole key of the scheme looks like; its groups are the parts."""

    def parts(self, key: str) -> tuple[str, ...]:
        """Take a key apart.

        Raises
        ------
        InputError
            If it is no key of this scheme.
        """
        found = self.pattern.fullmatch(key)
        if found is None:
            raise InputError(
                f"{key!r} is no key of a {self.label}", hint=f"for example {self.example}"
            )
        return tuple(part for part in found.groups() if part is not None)


_CUSTOM_SET = re.compile(rf"{_NAME}/{CUSTOM}(?:-\d+)?")


def _scheme(label: str, example: str, pattern: str) -> Scheme:
    return Scheme(label, example, re.compile(pattern))


INDUSTRY = _scheme("Industry", "naics2017:325414", r"naics(\d{4}):(\d{2,6}|\d\d-\d\d)")
SECTOR = _scheme("Sector", "bea2017:325414", r"bea(\d{4}):([0-9A-Z]+)")
OCCUPATION = _scheme("Occupation", "soc2018:19-1021", r"soc(\d{4}):(\d\d-\d{4})")
REGION = _scheme(
    "Region",
    "cbsa:14460",
    "|".join([f"({NATION})", *(f"({type_}):({code})" for type_, code in _CODES.items())]),
)
DEFINITION = _scheme("Definition", "us-2021/reviewed", f"({_NAME})/({_NAME})")
CLUSTER = _scheme("Cluster", "us-2021/reviewed:wine", f"({_DEFINITION}):({_CLUSTER_ID})")
REGIONAL_CLUSTER = _scheme(
    "RegionalCluster",
    "us-2021/reviewed:wine@cbsa:34900",
    f"({_DEFINITION}:{_CLUSTER_ID}){_AT}({_REGION})",
)
SOURCE = _scheme("Source", "cbp-msa-2019", r"([^:@/\s]+)-(\d{4})|(supplied)-([^:@/\s]+)")
ORGANIZATION = _scheme(
    "Organization",
    "ror:042nb2s44",
    rf"(?!(?:{'|'.join(_CODES)}|(?:naics|bea|soc)\d+):)([a-z][a-z0-9_-]*):([^@\s](?:[^@]*[^@\s])?)",
)

SCHEMES = (
    INDUSTRY,
    SECTOR,
    OCCUPATION,
    REGION,
    DEFINITION,
    CLUSTER,
    REGIONAL_CLUSTER,
    SOURCE,
    ORGANIZATION,
)
"""All schemes; no key fits two of them."""


def _made(scheme: Scheme, key: Text) -> Text:
    if isinstance(key, str):
        scheme.parts(key)
    return key


def industry_key(vintage: int, naics: Text) -> Text:
    """Make ``naics2017:325414``."""
    return _made(INDUSTRY, f"naics{vintage}:" + naics)


def industry_keys(vintages: pd.Series[Any], naics: pd.Series[Any]) -> pd.Series[Any]:
    """Make a column of such keys where rows are of several vintages."""
    return "naics" + vintages.astype(str) + ":" + naics


def parse_industry(key: str) -> tuple[int, str]:
    """Vintage and NAICS code."""
    vintage, naics = INDUSTRY.parts(key)
    return int(vintage), naics


def sector_key(vintage: int, code: Text) -> Text:
    """Make ``bea2017:325414``."""
    return _made(SECTOR, f"bea{vintage}:" + code)


def parse_sector(key: str) -> tuple[int, str]:
    """Vintage and BEA code."""
    vintage, code = SECTOR.parts(key)
    return int(vintage), code


def occupation_key(vintage: int, soc: Text) -> Text:
    """Make ``soc2018:19-1021``."""
    return _made(OCCUPATION, f"soc{vintage}:" + soc)


def parse_occupation(key: str) -> tuple[int, str]:
    """Vintage and SOC code."""
    vintage, soc = OCCUPATION.parts(key)
    return int(vintage), soc


def region_key(type_: str, code: Text) -> Text:
    """Make ``cbsa:14460``, from a type of region (state, cbsa, county, ea, custom) and a code."""
    return _made(REGION, f"{type_}:" + code)


def custom_region_key(name: str) -> str | None:
    """Make ``custom:five-counties`` from the name of a custom region.

    None where the name has no letter or digit to make a key of.
    """
    code = _slug(name)
    return region_key(CUSTOM, code) if code else None


def custom_cluster_id(name: str) -> str | None:
    """Make ``life-sciences`` from the name of a custom cluster; None as of a region."""
    return _slug(name) or None


def parse_region(key: str) -> tuple[str, str]:
    """Type and code; of the nation ``nation`` and ``us``."""
    parts = REGION.parts(key)
    return ("nation", NATION) if len(parts) == 1 else (parts[0], parts[1])


def definition_key(edition: Text, name: Text) -> Text:
    """Make ``us-2021/reviewed``, from the keys of an edition and the name of a set."""
    return _made(DEFINITION, edition + "/" + name)


def custom_definition_key(edition: str, number: int = 1) -> str:
    """Make ``us-2021/custom``, of clusters that somebody put together; the next ``custom-2``."""
    return definition_key(edition, CUSTOM if number == 1 else f"{CUSTOM}-{number}")


def is_custom_definition(key: str) -> bool:
    """Say whether a key is that of a set of clusters that somebody put together."""
    return _CUSTOM_SET.fullmatch(key) is not None


def is_beside(own: str, definition: str | None) -> bool:
    """Say whether a set is one that somebody put together, in the edition of another set."""
    edition = (definition or "").partition("/")[0]
    return is_custom_definition(own) and own.partition("/")[0] == edition


def parse_definition(key: str) -> tuple[str, str]:
    """Key of the edition and name of the set."""
    edition, name = DEFINITION.parts(key)
    return edition, name


def cluster_key(definition: Text, id_: Text) -> Text:
    """Make ``us-2021/reviewed:wine``."""
    return _made(CLUSTER, definition + ":" + id_)


def parse_cluster(key: str) -> tuple[str, str]:
    """Key of the definitions and id of the cluster, family or subcluster."""
    definition, id_ = CLUSTER.parts(key)
    return definition, id_


def family_key(definition: Text, id_: Text) -> Text:
    """Make ``us-2021/reviewed:family-food``."""
    return _made(CLUSTER, definition + f":{_FAMILY}" + id_)


def subcluster_key(cluster: Text, id_: Text) -> Text:
    """Make ``us-2021/reviewed:wine/grapes``, from the key of the cluster."""
    return _made(CLUSTER, cluster + "/" + id_)


def regional_cluster_key(cluster: Text, region: Text) -> Text:
    """Make ``us-2021/reviewed:wine@cbsa:34900``."""
    return _made(REGIONAL_CLUSTER, cluster + _AT + region)


def parse_regional_cluster(key: str) -> tuple[str, str]:
    """Key of the cluster and key of the region."""
    cluster, region = REGIONAL_CLUSTER.parts(key)
    return cluster, region


def organization_key(scheme: str, id_: Text) -> Text:
    """Make ``ror:042nb2s44``; a record of a register has such a key too."""
    return _made(ORGANIZATION, f"{scheme}:" + id_)


def organization_keys(schemes: pd.Series[Any], ids: pd.Series[Any]) -> pd.Series[Any]:
    """Make a column of such keys where rows are of several schemes, or of several registers."""
    return schemes.astype(str) + ":" + ids


def parse_organization(key: str) -> tuple[str, str]:
    """Scheme (or register) and id in it."""
    scheme, id_ = ORGANIZATION.parts(key)
    return scheme, id_


def source_key(id_: Text, vintage: int) -> Text:
    """Make ``cbp-msa-2019``, from the id of a source and a year."""
    return _made(SOURCE, id_ + f"-{vintage}")


def supplied_key(name: str, digest: str) -> str:
    """Make ``supplied-five-counties-aa6c419d``, from the name of a user's file and its digest."""
    return _made(SOURCE, "-".join(["supplied", *filter(None, [_slug(name), digest[:8]])]))


def parse_source(key: str) -> tuple[str, int | None]:
    """Id of the source and vintage; a set that somebody supplied has no vintage."""
    id_, vintage = SOURCE.parts(key)
    return (key, None) if id_ == "supplied" else (id_, int(vintage))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def label_of(key: str) -> str:
    """Give the label of the node that a key names.

    Keys of records and of the organizations that they name look alike (``tri:...``); they count
    as organizations. Files and registers have keys without a colon; they count as sources.

    Examples
    --------
    >>> label_of("naics2017:325414"), label_of("cbsa:14460"), label_of("us-2021/reviewed:wine")
    ('Industry', 'Region', 'Cluster')
    """
    for scheme in SCHEMES:
        if scheme.pattern.fullmatch(key):
            return scheme.label
    return "Organization" if ":" in key else "Source"


@overload
def is_region(keys: str, *types: str) -> bool: ...


@overload
def is_region(keys: pd.Series[Any], *types: str) -> pd.Series[bool]: ...


def is_region(keys: str | pd.Series[Any], *types: str) -> bool | pd.Series[bool]:
    """Say which keys are of regions of the given types; a missing key is of none."""
    heads = tuple(f"{type_}:" for type_ in types)
    if isinstance(keys, str):
        return keys.startswith(heads)
    return keys.fillna("").str.startswith(heads)


def codes_of(keys: pd.Series[Any]) -> pd.Series[Any]:
    """Codes inside a column of keys: ``25017`` of ``county:25017``, ``wine`` of a cluster's."""
    return keys.str.split(":", n=1).str[1]


def schemes_of(keys: pd.Series[Any]) -> pd.Series[Any]:
    """Schemes inside a column of keys of organizations: ``ror`` of ``ror:042nb2s44``."""
    return keys.str.split(":", n=1).str[0]


def definitions_of(clusters: pd.Series[Any]) -> pd.Series[Any]:
    """Keys of definitions in a column of keys of clusters: ``us-2021/reviewed``."""
    return clusters.str.split(":", n=1).str[0]


def sets_of(definitions: pd.Series[Any]) -> pd.Series[Any]:
    """Names of sets in a column of keys of definitions: ``reviewed`` of ``us-2021/reviewed``."""
    return definitions.str.split("/", n=1).str[1]


def is_of_edition(keys: pd.Series[Any], edition: str) -> pd.Series[bool]:
    """Say which keys begin with that of an edition, so that no other edition can hold them."""
    return keys.str.startswith(f"{edition}/")


def split_at(text: str) -> tuple[str, str] | None:
    """Split what was asked as ``cluster@region``, by names or keys; None where it is no such pair.

    Examples
    --------
    >>> split_at("biopharma@boston")
    ('biopharma', 'boston')
    """
    left, at, right = text.partition(_AT)
    return (left, right) if at else None
