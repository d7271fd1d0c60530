"""Files of every kind → the lines a reader would see, and what could not be read. Nothing here trusts a name, a size or a count."""
