// Occupations that the edition holds for the cluster.
MATCH (c:Cluster {key: $cluster})-[s:STAFFED_BY]->(o:Occupation)
WHERE s.edition = $edition
RETURN count(s) AS count
