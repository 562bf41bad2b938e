// Registers in the graph.
MATCH (g:Register)
RETURN count(g) AS count
