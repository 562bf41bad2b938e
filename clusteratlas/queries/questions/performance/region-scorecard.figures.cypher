// What is known of the region beside its clusters, of all years.
MATCH (r:Region {key: $region})-[o:OBSERVED {edition: $edition}]->(s:Source)
RETURN o.indicator AS key,
       o.year AS year,
       o.value AS value,
       o.unit AS unit,
       o.rank AS rank,
       o.regions AS regions,
       o.median AS median,
       o.source AS source
ORDER BY key, year
