"""What the picture and the lists of an anatomy are made of."""
