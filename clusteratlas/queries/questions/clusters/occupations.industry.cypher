// Occupations of a six-digit industry; the key may be that of a cluster, then there are none.
MATCH (i:Industry {key: $cluster})-[s:STAFFED_BY]->(o:Occupation)
WHERE s.edition = $edition
RETURN o.key AS key,
       o.title AS name,
       s.jobs AS jobs,
       s.share AS share,
       s.source AS source
ORDER BY share DESC, key
