"""Hunting: log files → events; Sigma rules → plan; plan × events → findings."""
