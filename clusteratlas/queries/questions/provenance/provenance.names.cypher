// The file that a node's own facts come from.
MATCH (n:Industry|Sector|Occupation|Region|Definition|Cluster|RegionalCluster|Organization|Record {key: $of})
MATCH (s:Source {key: n.source})
RETURN 'names and figures' AS figure,
       s.key AS key,
       s.title AS name,
       s.publisher AS publisher,
       s.licence AS licence,
       s.vintage AS vintage,
       s.file AS file,
       s.sha256 AS sha256,
       s.bytes AS bytes,
       s.url AS url,
       s.homepage AS homepage
ORDER BY key
