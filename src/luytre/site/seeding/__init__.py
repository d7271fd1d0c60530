"""Puts the sample world into the database of an installation: once, through the bulk doors, all or nothing; then it is kept."""
