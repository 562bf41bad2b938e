"""Change of regions through time: growth, its parts, and where a cluster is on its way."""
