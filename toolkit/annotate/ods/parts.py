"""An ods as parts, three of which may be edited: its content, its styles, its settings."""

from __future__ import annotations

import re

from toolkit.annotate import markup
from toolkit.annotate.markup import Node
from toolkit.annotate.ods.package import PackageParts
from toolkit.files.zip import read_package
from toolkit.read.formats.plain_package import plain_parts

_MANIFEST, _MIMETYPE = "META-INF/manifest.xml", "mimetype"
_KIND, _TEMPLATE = b"application/vnd.oasis.opendocument.spreadsheet", b"-template"
_QUOTED_TEMPLATE = re.compile(rb"""(["'])(%s)%s\1""" % (re.escape(_KIND), _TEMPLATE))
CONTENT, STYLES, SETTINGS = "content.xml", "styles.xml", "settings.xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
NAMES = {
    **{
        short: _OASIS.format(name)
        for short, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("number", "datastyle"),
            ("config", "config"),
            ("fo", "xsl-fo-compatible"),
            ("svg", "svg-compatible"),
        )
    },
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
OWN = "Lansrapport"  # begins the name of every style of ours


class Document(PackageParts):
    """The parts of a spreadsheet; its content, its styles and its settings may be edited."""

    @property
    def spreadsheet(self) -> Node | None:
        """The element that holds the tables; None in what is no spreadsheet."""
        found = self.tree(CONTENT).each(qn("office:body"), qn("office:spreadsheet"))
        return next(found, None)

    def tables(self) -> dict[str, Node]:
        """The sheets by name, in order."""
        sheets = self.spreadsheet
        found = () if sheets is None else sheets.each(qn("table:table"))
        return {table.get(qn("table:name")) or "": table for table in found}

    def automatic_styles(self, part: str) -> Node:
        """The place for styles that no user sees, made where there is none."""
        return _styles(
            self.tree(part), "office:automatic-styles", ("office:master-styles", "office:body")
        )

    def common_styles(self) -> Node:
        """The place for styles that have a name for users: a conditional format knows no others."""
        return _styles(
            self.tree(STYLES), "office:styles", ("office:automatic-styles", "office:master-styles")
        )


def open_document(data: bytes) -> Document | None:
    """A document to edit; None for what is no spreadsheet with sheets. Raises zipfile.BadZipFile,
    ExpatError and ValueError."""
    document = Document(_as_spreadsheet(plain_parts(read_package(data))))
    if not {CONTENT, STYLES} <= document.raw.keys() or document.spreadsheet is None:
        return None
    return document if document.tables() else None


def _as_spreadsheet(parts: dict[str, bytes]) -> dict[str, bytes]:
    """A template (.ots) says that it is a spreadsheet: LibreOffice opens what says that it is a
    template as a new file without a name (OpenDocument 1.3, part 2, 2.2.4 and 3.3)."""
    if parts.get(_MIMETYPE, b"").strip() == _KIND + _TEMPLATE:
        parts[_MIMETYPE] = _KIND
    if _MANIFEST in parts:
        parts[_MANIFEST] = _QUOTED_TEMPLATE.sub(rb"\1\2\1", parts[_MANIFEST])
    return parts


def qn(name: str) -> str:
    """`table:name` with its namespace in full."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def made(name: str, **attributes: str) -> Node:
    """A new element; `table__style_name="x"` stands for the attribute table:style-name."""
    element = markup.made(qn(name), declared=_declared(name))
    for key, value in attributes.items():
        put(element, key.replace("__", ":", 1).replace("_", "-"), value)
    return element


def _declared(name: str) -> dict[str, str]:
    prefix = name.partition(":")[0]
    return {prefix: NAMES[prefix]}


def put(element: Node, name: str, value: str) -> None:
    """Write an attribute, `table:name`, with the prefix that it has everywhere."""
    element.declared = {**element.declared, **_declared(name)}
    element.set(qn(name), value)


def within(parent: Node, name: str, **attributes: str) -> Node:
    """A new last child."""
    return parent.append(made(name, **attributes))


def paragraphs(parent: Node, text: str) -> None:
    """A text as paragraphs, a line each. Spaces that follow each other would be one space."""
    for line in text.split("\n"):
        pieces = line.split("  ")
        paragraph = within(parent, "text:p")
        paragraph.text = pieces[0]
        for piece in pieces[1:]:
            within(paragraph, "text:s", text__c="2")
            paragraph.append_text(piece)


# A document's children have an order too: styles before the body (OpenDocument, part 3, 3.1.3).
def _styles(root: Node, name: str, before: tuple[str, ...]) -> Node:
    found = root.find(qn(name))
    if found is not None:
        return found
    following = next(filter(None, map(root.find, map(qn, before))), None)
    if following is None:
        return within(root, name)
    found = made(name)
    root.insert_before(following, found)
    return found
