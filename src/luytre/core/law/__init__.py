"""The law as data: reads law/ into instruments, dated parameters, readings and calendars; refuses faults with file and line."""
