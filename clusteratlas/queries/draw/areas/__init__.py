"""Maps of areas by their figures."""
