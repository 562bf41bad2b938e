// Agreement of the two sets as a whole.
MATCH (a:Definition {key: $a})-[g:AGREES_WITH]-(b:Definition {key: $b})
RETURN b.key AS key,
       b.title AS name,
       g.industries AS industries,
       g.ari AS ari,
       g.ami AS ami,
       g.vi AS vi,
       g.source AS source
