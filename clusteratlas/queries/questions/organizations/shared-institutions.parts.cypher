// Institutions that take part in either regional cluster.
MATCH (o:Organization)-[t:TAKES_PART_IN]->(h:RegionalCluster)
WHERE h.key IN $hubs AND t.edition = $edition
  AND t.role IN ['institution', 'support organization', 'government']
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
       t.first_seen AS first_seen,
       t.last_seen AS last_seen,
       t.source AS source,
       h.key AS hub,
       t.role AS role,
       t.subrole AS subrole,
       t.evidence AS evidence
ORDER BY key, hub, role
