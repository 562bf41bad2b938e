// Titles of occupations.
MATCH (o:Occupation)
RETURN o.key AS key,
       o.title AS name,
       o.soc AS code,
       '' AS type,
       '' AS states,
       coalesce(o.jobs, 0) AS weight,
       '' AS definition
ORDER BY key
