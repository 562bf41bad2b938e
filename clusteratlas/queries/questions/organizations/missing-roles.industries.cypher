// Where the industries of the cluster, and those that play a role for it, are.
MATCH (c:Cluster {key: $cluster})<-[x:MEMBER_OF|PLAYS_ROLE]-(i:Industry)-[p:PRESENT_IN]->(r:Region)
WHERE x.edition = $edition AND p.edition = $edition AND p.year = $place_year
  AND ((r.type = $region_type OR coalesce(r.kind, r.type) = $pool) AND r.type <> 'custom'
    OR r.key = $region)
RETURN i.key AS key,
       i.title AS name,
       i.kind AS kind,
       coalesce(x.role, 'core company') AS role,
       x.rank AS rank,
       r.key AS region,
       p.lq AS lq,
       p.known AS known,
       p.source AS source
ORDER BY key, role, region
