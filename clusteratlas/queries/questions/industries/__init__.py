"""Questions about one industry: where it belongs, why, and what a move would change."""
