// How related a cluster is to the others that it is compared with.
MATCH (a:Cluster {key: $cluster})-[l:LINKED_TO]-(b:Cluster)
WHERE b.key IN $clusters AND a.key < b.key
RETURN a.key AS cluster,
       b.key AS other,
       l.strength AS strength,
       l.bcr AS bcr,
       l.percentile AS percentile,
       l.ri_avg AS ri_avg,
       l.driver AS driver,
       l.source AS source
ORDER BY cluster, other
