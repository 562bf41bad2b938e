// Ties of the industry that the edition holds.
MATCH (i:Industry {key: $industry})-[t:RELATED_TO]-(o:Industry)
WHERE t.edition = $edition
RETURN count(t) AS count
