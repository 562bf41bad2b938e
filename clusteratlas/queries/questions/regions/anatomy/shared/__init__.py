"""What the anatomy reads."""
