// Counties of the region.
MATCH (c:Region)
WHERE c.key IN $places AND c.type = 'county'
RETURN count(c) AS count
