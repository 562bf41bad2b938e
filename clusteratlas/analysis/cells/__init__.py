"""Cells of employment files: bounds and points of withheld ones, codes brought up to date."""
