"""Questions about what is around the clusters of a region: its people, firms and ideas."""
