"""What files of employment leave out or withhold, completed: dear, so kept by itself."""
