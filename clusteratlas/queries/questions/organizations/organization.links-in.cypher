// Links to it.
MATCH (o:Organization {key: $organization})<-[f:OWNED_BY|FUNDED_BY|PARTNER_OF|SUCCEEDED_BY|UNIT_OF]-(x:Organization)
RETURN x.key AS key,
       x.name AS name,
       x.kind AS kind,
       type(f) AS link,
       f.program AS program,
       f.share AS share,
       f.usd AS usd,
       f.count AS awards,
       f.evidence AS evidence,
       f.confidence AS confidence,
       f.first_seen AS first_seen,
       f.last_seen AS last_seen,
       f.source AS source
ORDER BY link, coalesce(usd, 0.0) DESC, key, program
