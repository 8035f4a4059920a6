"""Real facts from public sources, for a demonstration. ``null`` means "not found"."""
