"""An edition on disk: written, verified, compared, exported."""
