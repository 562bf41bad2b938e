"""The definitions report: one page on how good clusters are, and where they are weak."""

from clusteratlas.report.page import check_target, definitions_report, write_report

__all__ = ["check_target", "definitions_report", "write_report"]
