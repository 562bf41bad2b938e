"""Walks from node to node, one step at a time."""
