"""Questions about clusters in regions: anatomies, comparisons, neighbors, rankings, traces."""
