// Indicators that the edition has of the region.
MATCH (r:Region {key: $region})-[o:OBSERVED {edition: $edition}]->(s:Source)
RETURN count(DISTINCT o.indicator) AS count
