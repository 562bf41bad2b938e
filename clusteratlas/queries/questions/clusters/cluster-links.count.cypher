// Links between the clusters of the definitions.
MATCH (c:Cluster {level: $level})-[:DEFINED_BY]->(d:Definition {key: $definition})
MATCH (c)-[l:LINKED_TO]->(o:Cluster)
RETURN count(l) AS count
