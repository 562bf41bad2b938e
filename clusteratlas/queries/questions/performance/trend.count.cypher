// Years that there are figures of the region for, or of the nation.
MATCH (r:Region)-[p:PROFILED_BY]->(d:Definition {key: $definition})
WHERE r.key = CASE WHEN $region = '' THEN $nation ELSE $region END
RETURN count(p) AS count
