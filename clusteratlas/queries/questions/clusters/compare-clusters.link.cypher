// How related the two are.
MATCH (a:Cluster {key: $a})-[l:LINKED_TO]-(b:Cluster {key: $b})
RETURN l.strength AS strength,
       l.bcr AS bcr,
       l.percentile AS percentile,
       l.ri_avg AS ri_avg,
       l.driver AS driver,
       l.source AS source
