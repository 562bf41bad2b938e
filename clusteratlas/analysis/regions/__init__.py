"""What regions are measured by: clusters in them, growth, mix, complexity, peers."""
