"""Bytes and processes: containers, atomic writing, children with limits. Knows no county."""
