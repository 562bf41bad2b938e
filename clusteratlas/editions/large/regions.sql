-- How many regions there are, and how many of them are of two types.
SELECT
    COUNT(*) AS region_count,
    SUM(CASE WHEN first_type < last_type THEN 1 ELSE 0 END) AS two_types
FROM (
    SELECT region, MIN(region_type) AS first_type, MAX(last_type) AS last_type
    FROM cells
    GROUP BY region
) AS regions
