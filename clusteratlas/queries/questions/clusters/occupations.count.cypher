// Occupations that the edition holds for it.
MATCH (x:Cluster|Industry {key: $cluster})-[s:STAFFED_BY]->(o:Occupation)
WHERE s.edition = $edition
RETURN count(s) AS count
