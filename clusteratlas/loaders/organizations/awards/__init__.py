"""Registers of awards and patents."""
