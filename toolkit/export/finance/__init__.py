"""ekonomi.xlsx: the finance officer's workbook, a module for each of its sheets."""
