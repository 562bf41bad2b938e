"""Regions of a reader's own, made while somebody looks."""
