// Titles of files.
MATCH (s:Source)
RETURN s.key AS key,
       s.title AS name,
       s.publisher AS code,
       '' AS type,
       '' AS states,
       s.vintage AS weight,
       '' AS definition
ORDER BY key
