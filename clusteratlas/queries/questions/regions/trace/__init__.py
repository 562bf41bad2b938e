"""How two things are connected, link by link."""
