"""What the questions of this room share: figures of several years, and remarks on them."""
