"""What maps of regions are computed from."""
