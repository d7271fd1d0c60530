"""Windows of the hunting room."""
