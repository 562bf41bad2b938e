"""Loaders of industries, employment, input-output accounts and occupations."""
