"""The tables of an edition, each computed from what it names."""
