// One cluster in one region.
MATCH (h:RegionalCluster {key: $hub})-[m:MEASURED]->(s:Source)
WHERE m.year = $year
RETURN h.key AS key,
       h.name AS name,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.establishments AS establishments,
       m.lq AS lq,
       m.share_region AS share_region,
       m.share_nation AS share_nation,
       m.rank AS rank,
       m.rank_lq AS rank_lq,
       m.percentile AS percentile,
       m.strong AS strong,
       m.lq_p75 AS lq_p75,
       m.source AS source
