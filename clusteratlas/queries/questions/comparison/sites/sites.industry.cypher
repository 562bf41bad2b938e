// The industry in the regions of the type.
MATCH (i:Industry {key: $industry})-[p:PRESENT_IN]->(r:Region)
WHERE r.type = $region_type AND p.edition = $edition
RETURN r.key AS region,
       p.jobs AS jobs,
       p.jobs_low AS jobs_low,
       p.jobs_high AS jobs_high,
       p.lq AS lq
ORDER BY region
