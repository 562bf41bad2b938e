// Ties between shown industries.
MATCH (i:Industry)-[t:RELATED_TO]->(j:Industry)
WHERE i.key IN $keys AND j.key IN $keys AND t.edition = $edition AND t.combined >= 1.0
RETURN 'RELATED_TO' AS link,
       i.key AS a,
       j.key AS b,
       t.combined AS relatedness,
       t.source AS source
ORDER BY a, b
