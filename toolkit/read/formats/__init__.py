"""One container each: bytes → cells, and what is seen beside the values. Knows no county."""
