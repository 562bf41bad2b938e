// Traded clusters with their stability; all of the definitions, or the one asked about.
MATCH (c:Cluster)-[:DEFINED_BY]->(d:Definition {key: $definition})
WHERE c.kind = 'traded' AND c.level = 'cluster' AND ($cluster = '' OR c.key = $cluster)
RETURN c.key AS key,
       c.name AS name,
       c.industries AS industries,
       c.jaccard AS jaccard,
       c.stability AS stability,
       c.vintages AS vintages,
       c.vintages_least AS vintages_least,
       c.by_vintage AS by_vintage,
       c.source AS source
ORDER BY coalesce(jaccard, 2.0), key
