"""Regions that meet several criteria at once."""
