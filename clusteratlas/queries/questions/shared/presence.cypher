// Traded industries of the region, those that are known to be absent included.
MATCH (r:Region {key: $region})<-[p:PRESENT_IN]-(i:Industry)
WHERE p.edition = $edition AND p.year = $place_year
RETURN i.key AS key,
       p.jobs AS jobs,
       p.jobs_low AS jobs_low,
       p.jobs_high AS jobs_high,
       p.known AS known,
       p.lq AS lq,
       p.share_nation AS share_nation,
       p.source AS source
ORDER BY key
