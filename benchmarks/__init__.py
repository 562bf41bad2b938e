"""Measurements of the main jobs, each beside what a user would otherwise do, in one run."""
