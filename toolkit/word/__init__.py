"""Report → .docx: real headings, footnotes, tables and fields, written straight as WordprocessingML."""

from toolkit.word.render import render_report

__all__ = ["render_report"]
