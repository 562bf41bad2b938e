"""The land that maps are drawn on: borders of counties."""
