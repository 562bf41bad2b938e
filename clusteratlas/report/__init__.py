"""The definitions report: one page that a referee would read, computed from an edition."""

from clusteratlas.report.page import check_target, definitions_report, write_report

__all__ = ["check_target", "definitions_report", "write_report"]
