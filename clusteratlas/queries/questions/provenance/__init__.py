"""Questions about where a figure comes from."""
