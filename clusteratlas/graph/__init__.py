"""The graph: its model as data, and the only door to Neo4j and Ladybug."""
