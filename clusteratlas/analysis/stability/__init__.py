"""How far a set depends on the areas, and whether there is anything to find."""
