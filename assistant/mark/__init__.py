"""The machine-readable, signed mark of everything that leaves the program as a file."""
