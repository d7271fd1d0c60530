"""The rights room: why one sees what one sees, who reads the journal, labels that narrow, and a person's own data."""
