"""Settings, addresses, middleware, commands. May import all; imported by none but the command line."""
