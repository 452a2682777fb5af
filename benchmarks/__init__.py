"""Time and peak memory of read, check, merge and report, beside pandas + openpyxl + pandera: `make
bench`."""
