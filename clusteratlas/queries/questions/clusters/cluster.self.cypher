// The cluster itself, and how tightly it hangs together.
MATCH (c:Cluster {key: $cluster})
RETURN c.key AS key,
       c.name AS name,
       c.kind AS kind,
       c.level AS level,
       c.industries AS industries,
       c.jobs AS jobs,
       c.establishments AS establishments,
       c.payroll AS payroll,
       c.wcr AS relatedness,
       c.bcr_mean AS next_relatedness,
       c.consumer_share AS consumer_share,
       c.name_origin AS mark,
       c.source AS source
