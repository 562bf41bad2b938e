// An occupation that is named, in the regions of the type.
MATCH (o:Occupation {key: $occupation})<-[h:HAS_OCCUPATION]-(r:Region)
WHERE r.type = $region_type AND h.edition = $edition
RETURN o.key AS occupation,
       r.key AS region,
       h.year AS year,
       h.lq AS lq
ORDER BY year, occupation, region
