"""A real Neo4j server on this machine, from pip alone; optional, and only the CLI starts it."""
