// Titles of files.
MATCH (s:Source)
RETURN s.key AS key,
       s.title AS name,
       s.publisher AS code,
       s.vintage AS weight
ORDER BY key
