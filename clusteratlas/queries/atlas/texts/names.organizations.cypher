// Organizations whose name has a word in it.
MATCH (o:Organization)
WHERE toLower(o.name) CONTAINS $word
RETURN o.key AS key,
       o.name AS name,
       o.key AS code,
       o.kind AS type,
       coalesce(o.state, '') AS states,
       o.records AS weight
ORDER BY weight DESC, key
LIMIT 400
