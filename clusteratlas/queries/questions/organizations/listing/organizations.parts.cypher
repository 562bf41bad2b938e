// Organizations that take part in the regional cluster by evidence of their own.
MATCH (o:Organization)-[t:TAKES_PART_IN]->(h:RegionalCluster {key: $hub})
WHERE t.edition = $edition
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
       t.role AS role,
       t.subrole AS subrole,
       t.evidence AS evidence,
       t.basis AS told_by,
       t.confidence AS confidence,
       t.usd AS usd
ORDER BY key, role
