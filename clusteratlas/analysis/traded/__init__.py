"""Which industries are traded, which local, and how far to believe it."""
