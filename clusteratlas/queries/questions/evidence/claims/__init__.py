"""The claims, each computed from the same figures."""
