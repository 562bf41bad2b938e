"""Loaders of registers of organizations: records, and links between them, in one form."""
