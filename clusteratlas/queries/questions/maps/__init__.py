"""Questions that fill a map: a figure, or a cluster, for every region of a type."""
