// Sets of definitions, the default ones and the newer editions first.
MATCH (d:Definition)
RETURN d.key AS key,
       d.name AS name,
       d.edition AS edition,
       d.is_default AS is_default
ORDER BY edition DESC, is_default DESC, key
