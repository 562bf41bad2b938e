"""Loaders of regions: delineations, boundaries, adjacency, population."""
