// Files of all editions in the graph.
MATCH (s:Source)
RETURN count(s) AS count
