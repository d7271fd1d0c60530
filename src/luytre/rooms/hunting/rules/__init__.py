"""What is decided without a database: names of files, coverage, words, the report."""
