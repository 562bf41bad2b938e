"""What of structure, density and concentration figures between bounds allow."""
