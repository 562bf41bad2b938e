"""The land of the whole nation, projected once for all of its maps."""
