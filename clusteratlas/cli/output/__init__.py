"""How commands print: rows to a terminal, a pipe or a file, and the table for people."""
