"""Pictures of change: lines through years, parts on either side of zero, quadrants."""
