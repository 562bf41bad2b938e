// Links between shown organizations; what several programs gave is one sum.
MATCH (o:Organization)-[f:OWNED_BY|FUNDED_BY|PARTNER_OF|SUCCEEDED_BY|UNIT_OF]->(x:Organization)
WHERE o.key IN $keys AND x.key IN $keys AND f.edition = $edition
RETURN type(f) AS link,
       o.key AS a,
       x.key AS b,
       sum(f.usd) AS usd,
       sum(f.count) AS records,
       max(f.share) AS share,
       max(f.confidence) AS confidence,
       max(f.evidence) AS evidence,
       min(f.first_seen) AS first_seen,
       max(f.last_seen) AS last_seen,
       max(f.source) AS source
ORDER BY a, b, link
