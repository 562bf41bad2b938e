// What kind of industry a named supplier is.
MATCH (i:Industry {key: $supplier})
RETURN i.key AS key,
       i.kind AS kind
ORDER BY key
