// What the figures of a regional cluster may be, the latest year first.
MATCH (h:RegionalCluster {key: $of})-[m:MEASURED]->(s:Source)
RETURN m.year AS year,
       m.jobs AS jobs,
       m.jobs_low AS jobs_low,
       m.jobs_high AS jobs_high,
       m.establishments AS establishments,
       m.establishments_low AS establishments_low,
       m.establishments_high AS establishments_high,
       m.payroll AS payroll,
       m.payroll_low AS payroll_low,
       m.payroll_high AS payroll_high
ORDER BY year DESC
