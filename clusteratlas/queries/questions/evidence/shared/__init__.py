"""What the claims have in common: the figures that they are computed from, and their rows."""
