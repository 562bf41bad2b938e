"""Which records are about one organization."""
