"""What custom clusters measure in regions."""
