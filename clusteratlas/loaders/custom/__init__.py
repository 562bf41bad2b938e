"""Files of a user that put together regions and clusters of their own."""
