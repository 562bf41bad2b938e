// Titles of input-output sectors.
MATCH (s:Sector)
RETURN s.key AS key,
       s.title AS name,
       s.code AS code,
       '' AS type,
       '' AS states,
       0 AS weight,
       '' AS definition
ORDER BY key
