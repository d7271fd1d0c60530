"""The submissions room: what the coordinator asks bodies to report ad hoc, how far they have come; and the log of cooperation."""
