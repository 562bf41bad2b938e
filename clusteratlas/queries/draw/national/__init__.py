"""Maps of the whole nation: one figure in every region, or what leads in each."""
