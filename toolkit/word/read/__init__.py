"""Word files that somebody else has saved."""
