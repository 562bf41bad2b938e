"""Regions compared with each other and with published rules."""
