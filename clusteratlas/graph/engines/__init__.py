"""The graph engines: a folder each, which declares itself with ``ENGINE``; nothing lists them."""
