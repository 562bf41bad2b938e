"""What the questions of this room read together."""
