"""What happened: entries with mentions and attachments, written once by acts, chained and verifiable. Knows nobody above it."""
