"""Which industries are traded, which local, and how well the rule does elsewhere."""
