// What a cluster that somebody put together is made of, and what is not known of it.
MATCH (c:Cluster {key: $cluster})
RETURN c.description AS description
