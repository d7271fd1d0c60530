"""What several rooms tell together. Reads rooms' queries in bulk; writes only its own issued papers."""
