// A supplier that is named, in the regions of the type.
MATCH (i:Industry {key: $supplier})-[p:PRESENT_IN]->(r:Region)
WHERE r.type = $region_type AND p.edition = $edition
RETURN i.key AS supplier,
       r.key AS region,
       p.known AS known
ORDER BY supplier, region
