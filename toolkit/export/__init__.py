"""Workbooks and files that the agency works in: everything merged, and the money."""
