"""The anatomy of a cluster as a picture."""
