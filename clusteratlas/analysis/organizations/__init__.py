"""Which records of organizations are about the same one, and where it is: pure functions."""
