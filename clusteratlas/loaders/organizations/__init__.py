"""Loaders of registers of organizations: each gives records, and links between them, in one form."""
