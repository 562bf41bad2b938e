// Ties of the industries that an industry at one end is tied to.
MATCH (e:Industry {key: $key})-[n:RELATED_TO]-(i:Industry)
WHERE n.edition = $edition AND n.combined >= 0.75
MATCH (i)-[t:RELATED_TO]-(o:Industry)
WHERE t.edition = $edition AND t.combined >= 0.75
RETURN DISTINCT 'RELATED_TO' AS link,
       i.key AS a,
       i.title AS a_name,
       o.key AS b,
       o.title AS b_name,
       t.combined AS figure,
       coalesce(t.io, 0.0) AS second,
       '' AS detail,
       t.source AS source
ORDER BY a, b
