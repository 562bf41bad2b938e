"""Cells of an edition: every industry in every county and state, completed, and their sums."""
