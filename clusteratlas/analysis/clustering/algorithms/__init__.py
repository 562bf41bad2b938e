"""Clustering functions of the literature: of points in space, and of graphs."""
