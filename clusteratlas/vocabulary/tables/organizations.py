"""Tables of organizations: who they are, where, in which industries and roles, by which record."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import real, text, whole
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables.shared import (
    BASIS,
    CLUSTER,
    CONFIDENCE,
    EVIDENCE,
    FIRST_SEEN,
    INDUSTRY,
    LAST_SEEN,
    ORGANIZATION,
    REGION,
    SEEN,
    SIZE_UNIT,
    SOURCE,
    STATE,
)

REGISTERS = Table(
    "registers",
    "Lists of organizations: what each holds, and what it cannot hold.",
    key=("key",),
    optional=True,
    columns=(
        text("key", "sec, sbir, ipeds, hospital, tri, anatomies, ..."),
        text("title", "name in words"),
        text("holds", "which organizations are in it, one sentence"),
        text("lacks", "which ones it cannot hold, one sentence"),
        text("size_unit", "unit of the sizes in it", null=True),
        whole("year", "year that it describes", "year"),
        whole("records", "records about the United States", "records"),
        whole("placed", "of them placed in a county", "records"),
        whole("classified", "of them in a six-digit industry", "records"),
        whole("organizations", "organizations after matching", "organizations"),
        SOURCE,
    ),
)

ORGANIZATIONS = Table(
    "organizations",
    "Companies, universities, hospitals, agencies and other bodies, each once.",
    key=("key",),
    optional=True,
    columns=(
        text(
            "key",
            "key of the record that names it, for example cik:0000875320, unitid:166683, "
            "known:massbio-cambridge-ma",
        ),
        text("name", "name as that record has it"),
        text(
            "kind",
            "company, university, hospital, research institute, government agency, nonprofit, "
            "trade association, investor",
        ),
        text("status", "active, closed, shell or silent (not seen for long)"),
        BASIS,
        text("city", "city", null=True),
        STATE,
        text(
            "place",
            "key of its county, or of its state where the county is not known",
            refers="regions",
            null=True,
        ),
        text("placement", "how the place was found: county, coordinates, zip, city, state or none"),
        real("longitude", "longitude", "degrees", null=True),
        real("latitude", "latitude", "degrees", null=True),
        text("industry", "key of its main industry", refers="industries", null=True),
        real("size", "size in the register where it ranks highest", "as size_unit says", null=True),
        SIZE_UNIT,
        real(
            "size_rank",
            "largest share of a register's records that are not larger; of a curated list, of its "
            "rows of the role that do not come before",
            "share",
            null=True,
            digits=4,
        ),
        whole("records", "records about it", "records"),
        text("registers", "registers that have it, joined by blanks"),
        whole("first_seen", "earliest year in any record", "year", null=True),
        whole("last_seen", "latest year in any record", "year", null=True),
        text("source", "key of the source of the naming record", refers="sources"),
    ),
)

RECORDS = Table(
    "records",
    "Records of registers, and the organization that each is about.",
    key=("key",),
    optional=True,
    columns=(
        text("key", "register and its own id, for example tri:02139GNZYM500KE"),
        ORGANIZATION,
        text("register", "key of the register", refers="registers"),
        text("id", "id in the register"),
        text("name", "name as recorded"),
        text("city", "city as recorded", null=True),
        STATE,
        text("county", "key of the county", refers="regions", null=True),
        text("naics", "NAICS code as recorded", null=True),
        text("status", "active, closed, shell or silent"),
        text(
            "method", "why it is this organization: itself, identifier, name and place, alias, user"
        ),
        real("confidence", "probability that it is", "share"),
        real("size", "size as recorded", "as size_unit says", null=True),
        SIZE_UNIT,
        *SEEN,
        SOURCE,
    ),
)

ORGANIZATION_INDUSTRIES = Table(
    "organization_industries",
    "Six-digit industries of organizations, by evidence.",
    key=("organization", "industry"),
    optional=True,
    columns=(
        ORGANIZATION,
        INDUSTRY,
        text(
            "method",
            "naics, naics bridged, sic, research field, agency and name, operations, curated",
        ),
        real("confidence", "probability that it belongs there", "share"),
        whole("records", "records that say so", "records"),
        FIRST_SEEN.or_null(),
        LAST_SEEN.or_null(),
        SOURCE,
    ),
)

ORGANIZATION_LINKS = Table(
    "organization_links",
    "Links between organizations.",
    key=("start", "end", "type", "program"),
    optional=True,
    columns=(
        text("start", "key of an organization", refers="organizations"),
        text("end", "key of another", refers="organizations"),
        text("type", "UNIT_OF, OWNED_BY, FUNDED_BY, PARTNER_OF or SUCCEEDED_BY"),
        text("program", "program or kind of the link; empty where there is only one"),
        real("share", "share owned", "share", null=True),
        real("usd", "sum of the amounts", "USD", null=True),
        whole("count", "records or awards behind it", "records"),
        *SEEN,
        CONFIDENCE,
        EVIDENCE,
        SOURCE,
    ),
)

CLUSTER_ROLES = Table(
    "cluster_roles",
    "Industries outside a cluster that adjoin, supply, serve or buy from it.",
    key=("cluster", "industry", "role"),
    optional=True,
    columns=(
        text(
            "cluster", "key of the cluster, traded, of the default definitions", refers="clusters"
        ),
        text("industry", "key of a six-digit industry", refers="industries"),
        text("role", "adjoining, supplier, service provider or customer"),
        text(
            "flow",
            "goods, services, margin (trade and transport), headquarters; null without a flow",
            null=True,
        ),
        real(
            "usd",
            "sales between its sector and the cluster, shared out by jobs",
            "million USD",
            null=True,
        ),
        real("flow_share", "share of the buyer's intermediate inputs", "share", null=True),
        real(
            "relatedness",
            "mean combined relatedness to the members",
            "standard deviations",
            null=True,
        ),
        real("lc", "mean co-location with the members", "-1..1", null=True),
        real("occ", "mean correlation of occupation shares with the members", "-1..1", null=True),
        whole("rank", "rank within the role, 1 = closest"),
        SOURCE,
    ),
)

PARTICIPATIONS = Table(
    "participations",
    "Organizations in a regional cluster by evidence of their own, beyond their industry.",
    key=("organization", "cluster", "region", "role"),
    optional=True,
    columns=(
        ORGANIZATION,
        CLUSTER,
        REGION,
        text(
            "role",
            "core company, supplier, service provider, customer, government, institution, "
            "support organization",
        ),
        text(
            "subrole",
            "funding, regulating, local; education, research, health; cluster initiative, "
            "incubator, investor, trade association; or what a curated row says",
            null=True,
        ),
        EVIDENCE,
        BASIS,
        CONFIDENCE,
        real("usd", "research spending or awards behind it", "USD", null=True),
        *SEEN,
        SOURCE,
    ),
)

TABLES = (
    REGISTERS,
    ORGANIZATIONS,
    RECORDS,
    ORGANIZATION_INDUSTRIES,
    ORGANIZATION_LINKS,
    CLUSTER_ROLES,
    PARTICIPATIONS,
)
