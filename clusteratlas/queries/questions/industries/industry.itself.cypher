// The industry itself, where its jobs are booked elsewhere than worked, so that no cluster has it.
MATCH (i:Industry {key: $industry})
WHERE i.kind = 'unplaced'
RETURN i.key AS key,
       i.title AS name,
       i.kind AS kind,
       i.jobs AS jobs,
       i.type AS type,
       i.traded_score AS traded_score,
       i.regional_score AS regional_score,
       i.buyer AS buyer,
       i.source AS source
