"""Questions about sets of definitions: how good, how stable, how far they agree."""
