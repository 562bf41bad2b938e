"""Questions about organizations."""
