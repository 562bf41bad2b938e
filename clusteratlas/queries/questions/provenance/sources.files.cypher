// Files that an edition was computed from.
MATCH (s:Source)
WHERE (' ' + s.edition + ' ') CONTAINS (' ' + $edition + ' ')
RETURN s.key AS key,
       s.title AS name,
       s.publisher AS publisher,
       s.licence AS licence,
       s.vintage AS vintage,
       s.file AS file,
       s.bytes AS bytes,
       s.url AS url,
       s.homepage AS homepage,
       s.sha256 AS sha256
ORDER BY publisher, name, vintage, key
