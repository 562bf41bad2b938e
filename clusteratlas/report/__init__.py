"""Pages to read: the report on definitions, and what a board reads about a region."""

from clusteratlas.report.briefs import region_brief
from clusteratlas.report.page import check_target, definitions_report, write_report

__all__ = ["check_target", "definitions_report", "region_brief", "write_report"]
