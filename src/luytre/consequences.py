"""When X happened, Y follows: one table. The only place where rooms act on one another."""
