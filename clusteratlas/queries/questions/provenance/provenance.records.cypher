// The files of the records about an organization.
MATCH (o:Organization {key: $of})<-[:SAME_AS]-(r:Record)
WITH DISTINCT r.source AS source
MATCH (s:Source {key: source})
RETURN DISTINCT 'records' AS figure,
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
