"""Registers of companies."""
