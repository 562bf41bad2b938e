"""Maps of areas: outlines of counties and of what is made of them."""
