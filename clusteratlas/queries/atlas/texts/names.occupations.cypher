// Titles of occupations.
MATCH (o:Occupation)
RETURN o.key AS key,
       o.title AS name,
       o.soc AS code,
       coalesce(o.jobs, 0) AS weight
ORDER BY key
