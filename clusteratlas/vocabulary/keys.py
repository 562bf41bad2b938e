"""What a key says: keys are readable, and their scheme gives the label of the node."""

from __future__ import annotations

_SCHEMES = {
    "state": "Region",
    "cbsa": "Region",
    "county": "Region",
    "ea": "Region",
    "custom": "Region",
}


def label_of(key: str) -> str:
    """Give the label of the node that a key names.

    Keys of records and of the organizations that they name look alike (``tri:...``); they count
    as organizations. Files and registers have keys without a colon; they count as sources.

    Examples
    --------
    >>> label_of("naics2017:325414"), label_of("cbsa:14460"), label_of("us-2017/reviewed:wine")
    ('Industry', 'Region', 'Cluster')
    """
    if key == "us":
        return "Region"
    if "@" in key:
        return "RegionalCluster"
    scheme, colon, rest = key.partition(":")
    if "/" in scheme:
        return ("Subcluster" if "/" in rest else "Cluster") if colon else "Definition"
    if not colon:
        return "Source"
    for prefix, label in (("naics", "Industry"), ("bea", "Sector"), ("soc", "Occupation")):
        if scheme.startswith(prefix) and scheme.removeprefix(prefix).isdigit():
            return label
    return _SCHEMES.get(scheme, "Organization")
