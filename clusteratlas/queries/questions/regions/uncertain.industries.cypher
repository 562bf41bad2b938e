// Industries of a cluster in a region, with what is known of each; of some nothing is.
MATCH (r:Region {key: $region})
MATCH (c:Cluster {key: $cluster})<-[:MEMBER_OF]-(i:Industry)
OPTIONAL MATCH (i)-[p:PRESENT_IN]->(r)
WHERE p.edition = $edition AND p.year = $year
RETURN i.key AS key,
       i.title AS name,
       i.kind AS kind,
       c.key AS cluster,
       r.key AS region,
       p.jobs AS jobs,
       p.jobs_low AS jobs_low,
       p.jobs_high AS jobs_high,
       p.known AS known,
       p.lq AS lq,
       p.source AS source
ORDER BY key
