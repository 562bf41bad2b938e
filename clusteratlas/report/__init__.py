"""Pages to read: the report on definitions, and what a board reads about a region or cluster."""

from clusteratlas.report.briefs import anatomy_brief, cluster_brief, region_brief
from clusteratlas.report.page import check_target, definitions_report, write_report

__all__ = [
    "anatomy_brief",
    "check_target",
    "cluster_brief",
    "definitions_report",
    "region_brief",
    "write_report",
]
