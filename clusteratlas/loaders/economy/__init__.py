"""Industries, employment, accounts and occupations."""
