// The same of the nation.
MATCH (r:Region {key: 'us'})-[o:OBSERVED {edition: $edition}]->(s:Source)
RETURN o.indicator AS key,
       o.year AS year,
       o.value AS value
ORDER BY key, year
