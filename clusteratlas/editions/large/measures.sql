-- Quotients, shares, strong clusters and ranks of cells, as analysis/cell_measures.py defines them.
-- Reads cells (region, region_type, cluster, year, employment, establishments), which are unique by
-- region, cluster and year, and nation (cluster, year, traded, employment), unique by the first two.
WITH kinds AS (
    SELECT traded, year, CAST(SUM(CAST(employment AS DECIMAL(38, 12))) AS DOUBLE) AS employment
    FROM nation
    GROUP BY traded, year
),
known AS (
    SELECT
        c.region, c.region_type, c.cluster, c.year, c.employment, c.establishments,
        n.traded, n.employment AS cluster_us, k.employment AS kind_us
    FROM cells AS c
    JOIN nation AS n ON n.cluster = c.cluster AND n.year = c.year
    JOIN kinds AS k ON k.traded = n.traded AND k.year = n.year
),
bases AS (
    SELECT
        region, traded, year,
        CAST(SUM(CAST(employment AS DECIMAL(38, 12))) AS DOUBLE) AS employment
    FROM known
    GROUP BY region, traded, year
),
shares AS (
    SELECT
        c.region, c.region_type, c.cluster, c.year, c.traded, c.employment, c.establishments,
        c.employment / NULLIF(c.cluster_us, 0) AS national_share,
        c.employment / NULLIF(b.employment, 0) AS region_share,
        (c.employment / NULLIF(b.employment, 0))
            / NULLIF(c.cluster_us / NULLIF(c.kind_us, 0), 0) AS lq
    FROM known AS c
    JOIN bases AS b ON b.region = c.region AND b.traded = c.traded AND b.year = c.year
),
-- Linear between neighbors (R type 7), over the regions with jobs.
floors AS (
    SELECT
        region_type, cluster, year,
        PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY lq) AS lq_75,
        PERCENTILE_CONT(0.90) WITHIN GROUP (ORDER BY lq) AS lq_90,
        PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY employment) AS employment_25,
        PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY establishments) AS establishments_25
    FROM shares
    WHERE employment > 0
    GROUP BY region_type, cluster, year
),
judged AS (
    SELECT
        s.*, f.lq_75, f.lq_90,
        s.traded AND s.lq >= 1 AND s.employment > f.employment_25
            AND s.establishments > f.establishments_25 AS enough
    FROM shares AS s
    LEFT JOIN floors AS f
        ON f.region_type = s.region_type AND f.cluster = s.cluster AND f.year = s.year
)
SELECT
    region,
    cluster,
    NULLIF(year, 0) AS year,
    lq,
    national_share,
    region_share,
    COALESCE(enough AND lq >= lq_75, FALSE) AS strong,
    COALESCE(enough AND lq >= lq_90, FALSE) AS strong10,
    CAST(
        RANK() OVER (PARTITION BY region_type, cluster, year ORDER BY employment DESC) AS INT
    ) AS rank
FROM judged
ORDER BY region, cluster, year
