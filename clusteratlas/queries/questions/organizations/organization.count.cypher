// Records about it.
MATCH (o:Organization {key: $organization})<-[s:SAME_AS]-(r:Record)
RETURN count(DISTINCT r.key) AS count
