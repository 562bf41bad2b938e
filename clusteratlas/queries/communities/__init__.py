"""Communities of the ties that a store holds: definitions from the graph itself."""
