"""Registers of plants."""
