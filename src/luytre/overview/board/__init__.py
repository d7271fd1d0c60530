"""The board: what leaders see at any date."""
