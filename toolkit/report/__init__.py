"""Dataset and money → the report as blocks: prose that follows from the data, tables, notes,
references."""

from toolkit.report.chapters import ReportError
from toolkit.report.prose import Report, write_report

__all__ = ["Report", "ReportError", "write_report"]
