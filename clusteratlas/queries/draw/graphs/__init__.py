"""Graphs without a shape known beforehand: what a statement found."""
