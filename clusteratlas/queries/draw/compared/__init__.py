"""Pictures of things side by side: dots with their ranges, and slopes of ranks."""
