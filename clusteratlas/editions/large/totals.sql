-- Sums over the regions of each type, and whether anything in them cannot be used.
SELECT
    region_type,
    cluster,
    year,
    MIN(traded) AS traded,
    MAX(last_traded) AS last_traded,
    CAST(SUM(CAST(employment AS DECIMAL(38, 12))) AS DOUBLE) AS employment,
    SUM(establishments) AS establishments,
    SUM(line_count) AS line_count,
    MAX(line_count) AS most_lines,
    SUM(
        wrong_employment + wrong_establishments + wrong_payroll + wrong_traded
        + CASE WHEN region = '' OR cluster = '' OR year IS NULL THEN 1 ELSE 0 END
    ) AS wrong
FROM added
GROUP BY region_type, cluster, year
ORDER BY region_type, cluster, year
