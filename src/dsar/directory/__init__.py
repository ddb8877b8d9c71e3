"""The directory: whom to write to, found offline. Knows the public file of imported records; no vault, no case."""
