// Regions that a custom region, or any, is ranked among.
MATCH (r:Region {type: 'custom'})
WHERE $region = '' OR r.key = $region
RETURN DISTINCT r.kind AS pool
ORDER BY pool
