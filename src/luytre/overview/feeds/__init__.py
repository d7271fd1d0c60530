"""The due days of a person or a body as a calendar for phones: a secret address, every day an event with a date of its own."""
