"""Where a printed number comes from: down to the cells of the counties' files. Counts that the
report hides are whole here, so what is told of it stays in the house."""
