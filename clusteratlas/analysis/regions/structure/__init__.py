"""Structure of regions beside all others: peers, complexity, concentration, hot spots."""
