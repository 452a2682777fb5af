"""Rows of a table in a file."""

from __future__ import annotations

from collections.abc import Sequence

TableRow = tuple[int, int, Sequence[object]]
"""A row of a table: its first and last line in the file, and its values."""
