// Occupations that the cluster needs, with what the region and the nation have of them.
MATCH (c:Cluster {key: $cluster})-[s:STAFFED_BY]->(o:Occupation)
OPTIONAL MATCH (r:Region {key: $region})-[h:HAS_OCCUPATION {edition: $edition}]->(o)
OPTIONAL MATCH (u:Region {key: 'us'})-[n:HAS_OCCUPATION {edition: $edition}]->(o)
RETURN o.key AS key,
       o.title AS name,
       s.share AS need,
       s.lq AS need_lq,
       h.jobs AS jobs,
       h.lq AS lq,
       h.share_region AS share_region,
       h.median_wage AS median_wage,
       n.median_wage AS national_wage,
       h.overlap AS overlap,
       h.year AS year,
       coalesce(h.source, s.source) AS source
ORDER BY need DESC, key
