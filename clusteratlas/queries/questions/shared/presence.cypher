// Traded industries of the region, or of the area around a county.
MATCH (r:Region {key: $place})<-[p:PRESENT_IN]-(i:Industry)
WHERE p.edition = $edition AND p.year = $place_year
RETURN i.key AS key,
       p.jobs AS jobs,
       p.lq AS lq,
       p.share_nation AS share_nation,
       p.estimated AS estimated,
       p.source AS source
ORDER BY key
