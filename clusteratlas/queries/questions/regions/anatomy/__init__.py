"""The anatomy of a cluster in a region: what is there, what is missing, what is tied to it."""
