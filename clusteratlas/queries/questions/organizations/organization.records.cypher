// Records about it.
MATCH (o:Organization {key: $organization})<-[s:SAME_AS]-(r:Record)
RETURN r.key AS key,
       r.name AS name,
       r.register AS register,
       r.city AS city,
       r.state AS state,
       r.naics AS naics,
       r.status AS status,
       r.size AS size,
       r.size_unit AS size_unit,
       r.first_seen AS first_seen,
       r.last_seen AS last_seen,
       s.method AS method,
       s.confidence AS confidence,
       r.source AS source
ORDER BY key
