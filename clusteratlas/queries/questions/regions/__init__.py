"""Questions about clusters in regions."""
