"""Pure functions from the literature: arrays and tables in, results out."""
