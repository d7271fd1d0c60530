"""Letters out. Knows nobody."""
