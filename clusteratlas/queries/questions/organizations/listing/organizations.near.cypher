// The active ones in the closest industries of each role: what an anatomy shows.
MATCH (p:Region)<-[l:LOCATED_IN]-(o:Organization)-[k:CLASSIFIED_AS]->(i:Industry)
WHERE p.key IN $places AND l.edition = $edition AND k.edition = $edition AND o.status = 'active'
MATCH (i)-[r:PLAYS_ROLE]->(c:Cluster {key: $cluster})
WHERE r.edition = $edition AND r.rank <= 5
RETURN o.key AS key,
       o.name AS name,
       o.kind AS kind,
       o.status AS status,
       o.basis AS basis,
       o.city AS city,
       o.state AS state,
       o.size AS size,
       o.size_unit AS size_unit,
       o.size_rank AS size_rank,
       o.records AS records,
       o.registers AS registers,
       k.first_seen AS first_seen,
       k.last_seen AS last_seen,
       k.source AS source,
       i.naics AS naics,
       i.title AS industry,
       k.method AS method,
       k.confidence AS confidence,
       r.role AS role,
       r.flow AS flow,
       r.rank AS rank
ORDER BY key, rank, naics, role
