// Sets of cluster definitions in the graph.
MATCH (d:Definition)
RETURN count(d) AS count
