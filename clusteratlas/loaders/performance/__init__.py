"""How regions perform: ideas, research, and firms that come and go."""
