// What kind of industry is looked for.
MATCH (i:Industry {key: $industry})
RETURN i.key AS key,
       i.kind AS kind
ORDER BY key
