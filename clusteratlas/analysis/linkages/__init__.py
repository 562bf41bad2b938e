"""Ties between industries: co-location, input-output, occupations, and what they make together."""
