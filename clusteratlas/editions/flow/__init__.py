"""How a computation runs: its recipe, its files, its kept steps."""
