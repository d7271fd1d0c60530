"""The incidents room: reports by anyone, the duty desk, the case from detection to closure, its clocks, evidence and papers."""
