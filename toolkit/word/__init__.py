"""Report → .docx and PDF, and texter.docx back.

The way through the room, each closet knowing only those named before it:

- `ooxml`: Office Open XML's names and units, its elements, a Word file as its parts.
- `measure`: widths of letters → lines → on which page each heading will stand.
- `write`: `render.render_report` lays cover, contents and `blocks` into the agency's style
  template; `outline` writes texter.docx. Its other modules are parts of a document: tables, notes,
  charts, lists, sections.
- `read`: texter.docx, as somebody's program has saved it, as sections and faults.
- `audit`: what is wrong with a finished `document`, or lacking in a `template`.
- `verify`: a report that staff have edited, against what would be written now.

`pdf` stands beside them: LibreOffice makes it, and what that leaves untagged is mended."""

from toolkit.word.write.opening import refuse_template
from toolkit.word.write.render import render_report
from toolkit.word.write.styles import TemplateError

__all__ = ["TemplateError", "refuse_template", "render_report"]
