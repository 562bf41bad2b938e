// Classified industries in the same definitions.
MATCH (:Cluster {key: $cluster})-[:DEFINED_BY]->(d:Definition)
MATCH (d)<-[:DEFINED_BY]-(o:Cluster {level: 'cluster'})<-[:MEMBER_OF]-(i:Industry)
RETURN count(i) AS count
