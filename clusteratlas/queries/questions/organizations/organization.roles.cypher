// Regional clusters that it takes part in.
MATCH (o:Organization {key: $organization})-[t:TAKES_PART_IN]->(h:RegionalCluster)
RETURN h.key AS key,
       h.name AS name,
       t.role AS role,
       t.subrole AS subrole,
       t.evidence AS evidence,
       t.basis AS told_by,
       t.confidence AS confidence,
       t.usd AS usd,
       t.first_seen AS first_seen,
       t.last_seen AS last_seen,
       t.source AS source
ORDER BY key, role
