"""The coordinator's desk: what waits for a look or a decision, and what the law leaves open to be decided."""
