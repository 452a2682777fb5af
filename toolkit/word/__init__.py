"""Report → .docx: real headings, footnotes, tables and fields, written straight as
WordprocessingML."""

from toolkit.word.write.render import render_report

__all__ = ["render_report"]
