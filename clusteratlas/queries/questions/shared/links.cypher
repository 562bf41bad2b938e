// Clusters linked to this one; the link is stored once and read both ways.
MATCH (c:Cluster {key: $cluster})-[l:LINKED_TO]-(o:Cluster)
RETURN o.key AS key,
       o.name AS name,
       l.strength AS strength,
       l.bcr AS bcr,
       l.percentile AS percentile,
       l.ri_avg AS ri_avg,
       l.ri_min AS ri_min,
       l.driver AS driver,
       o.jobs AS jobs,
       l.source AS source
ORDER BY bcr DESC, key
