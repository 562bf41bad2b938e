"""Lists of the organizations of a cluster in a region, by role."""
