"""What is declared once: keys, units, columns, tables, nodes and relationships."""
