"""Ledger extracts: read line by line, added up, owned by a county, judged."""
