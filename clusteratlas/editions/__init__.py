"""An edition: one atlas as tables and a manifest, computed before any database is touched."""
