"""Questions that set several regions or clusters beside each other."""
