"""The explorer: the registry of questions in the browser. It renders answers, and computes none."""
