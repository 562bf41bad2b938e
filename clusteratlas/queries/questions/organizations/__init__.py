"""Questions about organizations: who takes part, who funds, which roles are missing."""
