// Regions of the type, in the state if one is named.
MATCH (r:Region)
WHERE r.type = $region_type AND ($state = '' OR r.states CONTAINS $state)
RETURN count(r) AS count
