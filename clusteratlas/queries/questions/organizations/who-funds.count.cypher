// Agencies and other funders known at all.
MATCH (o:Organization)-[f:FUNDED_BY]->(a:Organization)
WHERE f.edition = $edition
RETURN count(DISTINCT a.key) AS count
