// Jobs that the region has in second members of each cluster; they are counted in other clusters.
MATCH (r:Region {key: $region})<-[p:PRESENT_IN]-(i:Industry)-[s:SECOND_MEMBER_OF]->(c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE p.edition = $edition AND p.year = $place_year
RETURN c.key AS key,
       count(i) AS industries,
       sum(p.jobs * 1.0) AS jobs
ORDER BY key
