"""A report that staff have edited in Word, against what the program would write of the data now.
Both are read in the same way, as Word files."""
