"""Measures of regions: clusters in them, concentration, growth, mix, complexity, peers."""
