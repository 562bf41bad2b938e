// The cluster that the industry would leave.
MATCH (i:Industry {key: $industry})-[m:MEMBER_OF]->(c:Cluster {level: 'cluster'})-[:DEFINED_BY]->(d:Definition {key: $definition})
RETURN c.key AS key,
       c.name AS name,
       c.kind AS kind,
       c.industries AS industries,
       c.jobs AS jobs,
       c.wcr AS wcr,
       m.relatedness AS relatedness,
       m.stability AS runs,
       m.mark AS mark,
       i.jobs AS moved_jobs,
       m.source AS source
