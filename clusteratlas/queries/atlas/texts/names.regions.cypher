// Names of regions.
MATCH (r:Region)
RETURN r.key AS key,
       r.name AS name,
       r.code AS code,
       CASE WHEN r.type = 'cbsa' AND r.kind = 'micropolitan' THEN 'micro' ELSE r.type END AS type,
       r.states AS states,
       coalesce(r.population, 0) AS weight,
       '' AS definition
ORDER BY key
