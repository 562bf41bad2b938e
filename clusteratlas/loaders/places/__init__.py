"""Regions: delineations, boundaries, adjacency, population."""
