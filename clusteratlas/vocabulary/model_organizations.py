"""Labels and relationship types of organizations and their records."""

from __future__ import annotations

from clusteratlas.vocabulary.model_schema import INT, REAL, STRING, Property
from clusteratlas.vocabulary.model_schema import node as _node
from clusteratlas.vocabulary.model_schema import prop as _p
from clusteratlas.vocabulary.model_schema import relationship as _rel

_SEEN: tuple[Property, ...] = (
    _p("first_seen", INT, "earliest year of the evidence", "year"),
    _p("last_seen", INT, "latest year of the evidence", "year"),
)
_LINK: tuple[Property, ...] = (
    _p("program", STRING, "program or kind of the link; empty where there is only one"),
    _p("share", REAL, "share owned", "share"),
    _p("usd", REAL, "sum of the amounts", "USD"),
    _p("count", INT, "records or awards behind it", "records"),
    *_SEEN,
    _p("confidence", REAL, "probability that it holds", "share"),
    _p("evidence", STRING, "what says so, one line"),
)

_node(
    "Register", "List of organizations: what it holds, and what it cannot hold.", "sec", "registers",
    _p("title", STRING, "name in words"),
    _p("holds", STRING, "which organizations stand in it"),
    _p("lacks", STRING, "which ones it cannot hold"),
    _p("size_unit", STRING, "unit of the sizes in it"),
    _p("year", INT, "year that it describes", "year"),
    _p("records", INT, "records about the United States", "records"),
    _p("placed", INT, "of them placed in a county", "records"),
    _p("classified", INT, "of them in a six-digit industry", "records"),
    _p("organizations", INT, "organizations after matching", "organizations"),
)
_node(
    "Organization", "Company, university, hospital, agency or another body.", "cik:0000875320", "organizations",
    _p("name", STRING, "name as its naming record has it"),
    _p("kind", STRING, "company, university, hospital, research institute, government agency, nonprofit, trade association, investor"),
    _p("status", STRING, "active, closed, shell or silent"),
    _p("basis", STRING, "register, general knowledge or user"),
    _p("city", STRING, "city"),
    _p("state", STRING, "postal code of the state"),
    _p("place", STRING, "key of its county, or of its state where the county is not known"),
    _p("placement", STRING, "how the place was found: county, coordinates, zip, city, state or none"),
    _p("longitude", REAL, "longitude", "degrees"),
    _p("latitude", REAL, "latitude", "degrees"),
    _p("industry", STRING, "key of its main industry"),
    _p("size", REAL, "size in the register where it ranks highest", "as size_unit says"),
    _p("size_unit", STRING, "unit of that size"),
    _p("size_rank", REAL, "largest share of a register's records that are not larger", "share"),
    _p("records", INT, "records about it", "records"),
    _p("registers", STRING, "registers that have it, joined by blanks"),
    *_SEEN,
)
_node(
    "Record", "One record of a register about an organization.", "tri:02139GNZYM500KE", "records",
    _p("register", STRING, "key of the register"),
    _p("id", STRING, "id in the register"),
    _p("name", STRING, "name as recorded"),
    _p("city", STRING, "city as recorded"),
    _p("state", STRING, "postal code of the state"),
    _p("county", STRING, "key of the county"),
    _p("naics", STRING, "NAICS code as recorded"),
    _p("status", STRING, "active, closed, shell or silent"),
    _p("size", REAL, "size as recorded", "as size_unit says"),
    _p("size_unit", STRING, "unit of that size"),
    *_SEEN,
)
_rel(
    "SAME_AS", "The record is about the organization.", "Record->Organization", "records",
    _p("method", STRING, "itself, identifier, name and place, alias, user"),
    _p("confidence", REAL, "probability that it is", "share"),
)
_rel(
    "CLASSIFIED_AS", "Organization in a six-digit industry.", "Organization->Industry", "organization_industries",
    _p("method", STRING, "what the industry was taken from"),
    _p("confidence", REAL, "probability that it belongs there", "share"),
    _p("records", INT, "records that say so", "records"),
    *_SEEN,
)
_rel("OWNED_BY", "Organization owned by another.", "Organization->Organization", "organization_links", *_LINK, identity="edition program")
_rel("FUNDED_BY", "Organization funded by an agency.", "Organization->Organization", "organization_links", *_LINK, identity="edition program")
_rel("PARTNER_OF", "Organizations that a register calls related.", "Organization->Organization", "organization_links", *_LINK, identity="edition program")
_rel("SUCCEEDED_BY", "Organization that another one succeeded.", "Organization->Organization", "organization_links", *_LINK, identity="edition program")
_rel("UNIT_OF", "Campus, plant or department of a larger organization.", "Organization->Organization", "organization_links", *_LINK, identity="edition program")
_rel(
    "PLAYS_ROLE", "Industry that adjoins, supplies, serves or buys from a cluster it is no member of.", "Industry->Cluster", "cluster_roles",
    _p("role", STRING, "adjoining, supplier, service provider or customer"),
    _p("flow", STRING, "goods, services, margin (trade and transport) or headquarters"),
    _p("usd", REAL, "sales between its sector and the cluster, shared out by jobs", "million USD"),
    _p("flow_share", REAL, "share of the buyer's intermediate inputs", "share"),
    _p("relatedness", REAL, "mean combined relatedness to the members", "standard deviations"),
    _p("lc", REAL, "mean co-location with the members", "-1..1"),
    _p("occ", REAL, "mean correlation of occupation shares with the members", "-1..1"),
    _p("rank", INT, "rank within the role, 1 = closest"),
    identity="edition role",
)
_rel(
    "TAKES_PART_IN", "Organization in a regional cluster by evidence of its own, beyond its industry.", "Organization->RegionalCluster", "participations",
    _p("role", STRING, "core company, supplier, service provider, customer, government, institution, support organization"),
    _p("subrole", STRING, "funding, regulating, local; education, research, health; cluster initiative, incubator, investor, trade association"),
    _p("evidence", STRING, "what says so, one line"),
    _p("basis", STRING, "register, general knowledge or user"),
    _p("confidence", REAL, "probability that it holds", "share"),
    _p("usd", REAL, "research spending or awards behind it", "USD"),
    *_SEEN,
    identity="edition role",
)
