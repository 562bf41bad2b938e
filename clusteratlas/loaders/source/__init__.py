"""What a source is, and how its files are found, read and checked."""
