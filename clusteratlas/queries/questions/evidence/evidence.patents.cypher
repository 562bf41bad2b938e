// Patents of the regions of a pool, in all years.
MATCH (r:Region)-[o:OBSERVED {edition: $edition}]->(s:Source)
WHERE r.type = $region_type AND coalesce(r.kind, r.type) = $pool
  AND (o.indicator = 'patents' OR o.indicator = 'patents_per_head')
RETURN r.key AS region,
       o.indicator AS indicator,
       o.year AS year,
       o.value AS value,
       o.source AS source
ORDER BY region, indicator, year
