-- The first cell of each kind that cannot be used, in the order in which they are told.
SELECT
    fault,
    MIN(region) AS region,
    MIN(cluster) AS cluster,
    MIN(year) AS year,
    SUM(line_count) AS line_count
FROM (
    SELECT 1 AS fault, region, cluster, year, line_count FROM cells WHERE region = ''
    UNION ALL
    SELECT 2, region, cluster, year, line_count FROM cells WHERE cluster = ''
    UNION ALL
    SELECT 3, region, cluster, year, line_count FROM cells WHERE year IS NULL
    UNION ALL
    SELECT 4, region, cluster, year, wrong_employment FROM cells WHERE wrong_employment > 0
    UNION ALL
    SELECT 5, region, cluster, year, wrong_establishments FROM cells WHERE wrong_establishments > 0
    UNION ALL
    SELECT 6, region, cluster, year, wrong_payroll FROM cells WHERE wrong_payroll > 0
    UNION ALL
    SELECT 7, region, cluster, year, wrong_traded FROM cells WHERE wrong_traded > 0
    UNION ALL
    SELECT 8, region, cluster, year, line_count FROM cells WHERE line_count > 1
    UNION ALL
    SELECT 9, region, MIN(cluster), MIN(year), SUM(line_count) FROM cells
    GROUP BY region HAVING MIN(region_type) < MAX(last_type)
    UNION ALL
    SELECT 10, MIN(region), cluster, MIN(year), SUM(line_count) FROM cells
    GROUP BY cluster HAVING MIN(traded) < MAX(last_traded)
) AS found
GROUP BY fault
ORDER BY fault
