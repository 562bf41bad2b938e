"""What the figures of today say about the claims of cluster theory."""
