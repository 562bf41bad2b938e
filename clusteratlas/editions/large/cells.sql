-- Rows of regions and clusters, or of establishments, added up: one row for each cell.
-- Decimals: their sums are exact, whatever thread or machine adds them in which order.
SELECT
    region,
    cluster,
    year,
    MIN(region_type) AS region_type,
    MAX(region_type) AS last_type,
    MIN(traded) AS traded,
    MAX(traded) AS last_traded,
    CAST(SUM(CAST(employment AS DECIMAL(38, 12))) AS DOUBLE) AS employment,
    SUM(establishments) AS establishments,
    COUNT(*) AS line_count,
    COUNT(*) - COUNT(employment) AS wrong_employment,
    COUNT(*) - COUNT(establishments) AS wrong_establishments,
    COUNT(*) - COUNT(payroll) AS wrong_payroll,
    COUNT(*) - COUNT(traded) AS wrong_traded
FROM own_rows
GROUP BY region, cluster, year
