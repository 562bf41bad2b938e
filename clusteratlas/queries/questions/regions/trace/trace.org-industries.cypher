// Industries of an organization at one end.
MATCH (o:Organization {key: $key})-[k:CLASSIFIED_AS]->(i:Industry)
WHERE k.edition = $edition
RETURN 'CLASSIFIED_AS' AS link,
       o.key AS a,
       o.name AS a_name,
       i.key AS b,
       i.title AS b_name,
       k.confidence AS figure,
       0.0 AS second,
       k.method AS detail,
       k.source AS source
ORDER BY b
