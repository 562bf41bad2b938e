// Titles of input-output sectors.
MATCH (s:Sector)
RETURN s.key AS key,
       s.title AS name,
       s.code AS code
ORDER BY key
