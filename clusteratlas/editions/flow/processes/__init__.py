"""Work of a flow that is done by several processes."""
