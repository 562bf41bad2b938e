// Agencies that funded organizations of the region in the cluster or in an adjoining industry.
MATCH (p:Region)<-[l:LOCATED_IN]-(o:Organization)-[f:FUNDED_BY]->(a:Organization)
WHERE p.key IN $places AND l.edition = $edition AND f.edition = $edition
MATCH (o)-[k:CLASSIFIED_AS]->(i:Industry)-[:MEMBER_OF|PLAYS_ROLE]->(c:Cluster {key: $cluster})
WHERE k.edition = $edition
WITH DISTINCT a, f, o
RETURN a.key AS key,
       a.name AS name,
       a.kind AS kind,
       f.program AS program,
       f.usd AS usd,
       f.count AS awards,
       f.first_seen AS first_seen,
       f.last_seen AS last_seen,
       o.key AS funded,
       o.name AS funded_name,
       f.source AS source
ORDER BY key, program, funded
