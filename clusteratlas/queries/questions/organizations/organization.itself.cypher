// One organization.
MATCH (o:Organization {key: $organization})
RETURN o.key AS key,
       o.name AS name,
       o.kind AS kind,
       o.status AS status,
       o.basis AS basis,
       o.city AS city,
       o.state AS state,
       o.size AS size,
       o.size_unit AS size_unit,
       o.size_rank AS size_rank,
       o.records AS records,
       o.registers AS registers,
       o.first_seen AS first_seen,
       o.last_seen AS last_seen,
       o.source AS source,
       o.place AS place,
       o.placement AS placement
