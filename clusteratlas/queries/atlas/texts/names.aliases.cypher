// Organizations of which a record has a word in its name.
MATCH (r:Record)-[:SAME_AS]->(o:Organization)
WHERE toLower(r.name) CONTAINS $word
RETURN DISTINCT o.key AS key,
       r.name AS name,
       o.key AS code,
       o.kind AS type,
       coalesce(o.state, '') AS states,
       o.records AS weight
ORDER BY weight DESC, key, name
LIMIT 400
