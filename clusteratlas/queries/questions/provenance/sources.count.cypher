// Files that an edition was computed from.
MATCH (s:Source)
WHERE (' ' + s.edition + ' ') CONTAINS (' ' + $edition + ' ')
RETURN count(s) AS count
