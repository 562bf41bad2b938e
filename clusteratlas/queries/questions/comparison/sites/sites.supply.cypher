// How many of the traded industries that sell to the cluster are in each region, by what is known.
MATCH (c:Cluster {key: $cluster})<-[x:PLAYS_ROLE]-(i:Industry)-[p:PRESENT_IN]->(r:Region)
WHERE x.role = 'supplier' AND x.edition = $edition AND i.kind = 'traded'
  AND r.type = $region_type AND p.edition = $edition
RETURN r.key AS region,
       p.known AS known,
       count(DISTINCT i.key) AS industries
ORDER BY region, known
