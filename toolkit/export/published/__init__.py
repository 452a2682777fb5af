"""What is published as data beside the report: a Frictionless Data Package, a workbook for readers,
and an entry for a catalogue."""
