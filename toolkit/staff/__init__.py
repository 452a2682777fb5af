"""What the agency's staff write in Excel: finance decisions, the editors' choices, waivers."""
