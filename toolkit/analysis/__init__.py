"""What all counties together say: merged data, verdicts, sums, tables."""
