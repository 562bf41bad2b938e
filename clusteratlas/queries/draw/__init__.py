"""Pictures of answers and of the report, drawn as SVG without a drawing library."""
