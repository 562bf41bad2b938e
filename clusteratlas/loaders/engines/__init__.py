"""Engines that compute with tables larger than memory: DuckDB in this process, and Spark."""
