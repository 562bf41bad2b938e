"""A real Neo4j server on this machine, from pip alone."""
