// A cluster's own figures.
MATCH (c:Cluster {key: $cluster})
RETURN c.key AS key,
       c.kind AS kind,
       c.industries AS industries,
       c.jobs AS jobs,
       c.establishments AS establishments,
       c.payroll AS payroll,
       c.wcr AS wcr,
       c.bcr_mean AS bcr_mean,
       c.consumer_share AS consumer_share,
       c.source AS source
ORDER BY key
