// Sales of every sector to the cluster, with the six-digit industries of that sector.
// A sector that is partly in the cluster buys for it in proportion to its jobs there.
MATCH (c:Cluster {key: $cluster})<-[:MEMBER_OF]-(m:Industry)-[:IN_SECTOR]->(b:Sector)
WITH b, sum(coalesce(m.jobs, 0) * 1.0) AS inside
MATCH (b)<-[:IN_SECTOR]-(x:Industry)
WITH b, inside, sum(coalesce(x.jobs, 0) * 1.0) AS total
WHERE total > 0
MATCH (t:Sector)-[f:SUPPLIES]->(b)
WHERE f.edition = $edition
WITH t, sum(f.usd * inside / total) AS million_usd, max(f.source) AS source
MATCH (t)<-[:IN_SECTOR]-(i:Industry)
OPTIONAL MATCH (i)-[:MEMBER_OF]->(o:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
OPTIONAL MATCH (i)-[:MEMBER_OF]->(asked:Cluster {key: $cluster})
RETURN t.key AS sector,
       t.title AS sector_name,
       million_usd AS million_usd,
       i.key AS key,
       i.naics AS naics,
       i.title AS name,
       i.kind AS kind,
       coalesce(i.jobs, 0) AS jobs,
       o.key AS cluster,
       o.name AS cluster_name,
       asked.key AS member_of,
       source AS source
ORDER BY million_usd DESC, sector, key
