"""Walking the graph freely: statements of a reader's own, and links from node to node."""
