// The cluster that it would join, and how related it is to that one where the edition holds it.
MATCH (c:Cluster {key: $cluster})
OPTIONAL MATCH (i:Industry {key: $industry})-[a:AKIN_TO]->(c)
RETURN c.key AS key,
       c.name AS name,
       c.kind AS kind,
       c.level AS level,
       c.industries AS industries,
       c.jobs AS jobs,
       c.wcr AS wcr,
       a.combined AS relatedness,
       a.rank AS rank,
       a.runs AS runs,
       a.without AS without,
       c.source AS source
