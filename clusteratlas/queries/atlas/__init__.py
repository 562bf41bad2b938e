"""The library: names resolved, questions answered."""
