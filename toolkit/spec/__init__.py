"""What the agency decides: sheets, tables, fields, lists and limits of a year."""
