"""Completed cells as whole numbers: no rounding may lose a job or find one."""

from clusteratlas.analysis.cells.whole_numbers.families import whole_numbers

__all__ = ["whole_numbers"]
