"""Search over everything one may see: bodies, systems, people, papers and facts, duties; without marks, as one types."""
