"""Loaders of input-output accounts beside the make and use tables."""
