"""An ods as parts, three of which may be edited: its content, its styles, its settings."""

from __future__ import annotations

from lxml import etree

from toolkit.annotate.ods.package import PackageParts, XmlElement
from toolkit.files.zip import read_package
from toolkit.read.formats.plain_package import plain_parts

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
    def spreadsheet(self) -> XmlElement:
        """The element that holds the tables."""
        return self.tree(CONTENT).find(f"{qn('office:body')}/{qn('office:spreadsheet')}")

    def tables(self) -> dict[str, XmlElement]:
        """The sheets by name, in order."""
        return {
            table.get(qn("table:name")): table
            for table in self.spreadsheet.findall(qn("table:table"))
        }

    def automatic_styles(self, part: str) -> XmlElement:
        """The place for styles that no user sees, made where there is none."""
        return _styles(
            self.tree(part), "office:automatic-styles", ("office:master-styles", "office:body")
        )

    def common_styles(self) -> XmlElement:
        """The place for styles that have a name for users: a conditional format knows no others."""
        return _styles(
            self.tree(STYLES), "office:styles", ("office:automatic-styles", "office:master-styles")
        )


def open_document(data: bytes) -> Document | None:
    """A document to edit; None for what is no spreadsheet with sheets. Raises zipfile.BadZipFile
    and lxml's errors."""
    document = Document(plain_parts(read_package(data)))
    if not {CONTENT, STYLES} <= document.raw.keys() or document.spreadsheet is None:
        return None
    return document if document.tables() else None


def qn(name: str) -> str:
    """`table:name` with its namespace in full."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def made(name: str, **attributes: str) -> XmlElement:
    """A new element; `table__style_name="x"` stands for the attribute table:style-name."""
    said = {key.replace("__", ":", 1).replace("_", "-"): value for key, value in attributes.items()}
    prefixes = {one.partition(":")[0] for one in (name, *said)}
    element = etree.Element(qn(name), nsmap={prefix: NAMES[prefix] for prefix in sorted(prefixes)})
    for key, value in said.items():
        element.set(qn(key), value)
    return element


def within(parent: XmlElement, name: str, **attributes: str) -> XmlElement:
    """A new last child."""
    child = made(name, **attributes)
    parent.append(child)
    return child


def take_away(element: XmlElement) -> None:
    """Without an element, but with the white space that stood behind it: to lxml that is the
    element's own, and goes with it."""
    before, tail = element.getprevious(), element.tail
    parent = element.getparent()
    parent.remove(element)
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail


def paragraphs(parent: XmlElement, text: str) -> None:
    """A text as paragraphs, a line each. Spaces that follow each other would be one space."""
    for line in text.split("\n"):
        pieces = line.split("  ")
        paragraph = within(parent, "text:p")
        paragraph.text = pieces[0]
        for piece in pieces[1:]:
            within(paragraph, "text:s", text__c="2").tail = piece


# A document's children have an order too: styles before the body (OpenDocument, part 3, 3.1.3).
def _styles(root: XmlElement, name: str, before: tuple[str, ...]) -> XmlElement:
    found = root.find(qn(name))
    if found is None:
        found = made(name)
        following = next(
            (child for child in map(root.find, map(qn, before)) if child is not None), None
        )
        if following is None:
            root.append(found)
        else:
            following.addprevious(found)
    return found
