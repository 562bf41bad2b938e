"""An edition with regions and clusters of one's own in it: read from files, computed, put in."""
