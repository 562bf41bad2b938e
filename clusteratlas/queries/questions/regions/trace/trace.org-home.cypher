// The county, or the state, of an organization at one end.
MATCH (o:Organization {key: $key})-[l:LOCATED_IN]->(p:Region)
WHERE l.edition = $edition
RETURN 'SITUATED_IN' AS link,
       o.key AS a,
       o.name AS a_name,
       p.key AS b,
       p.name AS b_name,
       0.6 AS figure,
       0.0 AS second,
       p.name AS detail,
       l.source AS source
ORDER BY b
