"""The engines: pure Python. No Django, no clock, no network; time always comes in as an argument."""
