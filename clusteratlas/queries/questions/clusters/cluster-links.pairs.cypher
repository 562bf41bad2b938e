// Links between the clusters of the definitions; each is stored once.
MATCH (c:Cluster {level: $level})-[:DEFINED_BY]->(d:Definition {key: $definition})
MATCH (c)-[l:LINKED_TO]->(o:Cluster)
RETURN c.key AS key,
       c.name AS name,
       o.key AS other,
       o.name AS other_name,
       l.strength AS strength,
       l.driver AS driver,
       l.bcr AS bcr,
       l.percentile AS percentile,
       l.ri_ab AS ri_ab,
       l.ri_ba AS ri_ba,
       l.ri_avg AS ri_avg,
       l.source AS source
ORDER BY bcr DESC, key, other
