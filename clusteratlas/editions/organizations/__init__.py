"""Organizations of an edition: gathered from registers, placed, matched, classified, linked."""
