"""Real servers for the tests, on free loopback ports, stopped by process id."""
