// Regions that share a border with this one.
MATCH (r:Region {key: $region})-[a:ADJACENT_TO]-(n:Region)
WHERE a.edition = $edition
RETURN n.key AS key,
       n.name AS name,
       a.source AS source
ORDER BY key
