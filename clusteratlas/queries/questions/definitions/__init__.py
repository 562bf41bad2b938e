"""Questions about clusters, industries and sets of definitions."""
