"""Pages and lists that need several rooms at once: bodies and systems."""
