"""Länsrapport: county boards' workbooks in; findings, merged data, a finance check and a Word
report out."""

__version__ = "0.1.0"
