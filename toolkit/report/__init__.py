"""Dataset and money → the report as blocks: prose that follows from the data, tables, notes,
references."""

from toolkit.report.chapters import ReportError
from toolkit.report.prose import Report, compose_report, write_report

__all__ = ["Report", "ReportError", "compose_report", "write_report"]
