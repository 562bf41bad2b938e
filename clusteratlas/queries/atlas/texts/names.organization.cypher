// The organization with this key.
MATCH (o:Organization {key: $text})
RETURN o.key AS key,
       o.name AS name,
       o.key AS code,
       o.kind AS type,
       coalesce(o.state, '') AS states,
       o.records AS weight
