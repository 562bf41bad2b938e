// Titles of industries; the vintages that figures exist for weigh more.
MATCH (i:Industry)
RETURN i.key AS key,
       i.title AS name,
       i.naics AS code,
       coalesce(i.kind, '') AS type,
       '' AS states,
       coalesce(i.jobs, 0) AS weight,
       '' AS definition
ORDER BY key
