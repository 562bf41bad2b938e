"""Questions over all regions of a type: peers, hot spots, concentration, complexity."""
