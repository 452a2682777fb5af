"""The style template `templates/<year>/rapport.docx`: made once, then restyled in Word by the
staff."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from toolkit.files.zip import repack

SERIF, SANS = "Cambria", "Calibri"
INK, ACCENT, GREY = (
    RGBColor(0x1F, 0x2A, 0x37),
    RGBColor(0x17, 0x47, 0x5E),
    RGBColor(0x59, 0x5F, 0x69),
)
NEEDED = (
    "Normal",
    "Title",
    "Subtitle",
    "heading 1",
    "heading 2",
    "heading 3",
    "Rubrik utan nummer",
    "List Bullet",
    "Quote",
    "caption",
    "Källa",
    "Tabelltext",
    "Tabell",
    "footnote text",
    "footnote reference",
    "header",
    "footer",
    "toc 1",
    "toc 2",
    "Hyperlink",
    "Referens",
)
"""The styles that a template must have, by their names in Word's own file format."""


def make_style_template() -> bytes:
    """A4, serif text, sans-serif headings in capitals with numbers as a property of the style,
    Swedish."""
    document = docx.Document()
    for paragraph in list(document.element.body):
        if not paragraph.tag.endswith("sectPr"):
            document.element.body.remove(paragraph)
    _drop_leftovers(document)
    _set_page(document)
    _set_defaults(document)
    _set_paragraphs(document)
    _set_headings(document)
    _set_numbering(document)
    _add_table_style(document)
    target = io.BytesIO()
    document.save(target)
    return repack(target.getvalue())


def _drop_leftovers(document: Any) -> None:
    """Parts of the library's own model file that would contradict ours: old styles and a
    thumbnail."""
    for owner in (document.part, document.part.package):
        for name, relation in list(owner.rels.items()):
            if relation.reltype.endswith(("stylesWithEffects", "thumbnail")):
                del owner.rels[name]


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.5)


def _set_defaults(document: Any) -> None:
    """Swedish throughout; no East Asian or theme fonts that would win over ours."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "sv-SE")
    latent = document.styles.element.find(qn("w:latentStyles"))
    if latent is not None:
        document.styles.element.remove(latent)


def _set_paragraphs(document: Any) -> None:
    normal = _style(document, "Normal", SERIF, 11, INK)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.15
    title = _style(document, "Title", SANS, 30, ACCENT, bold=True)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(140), Pt(12)
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    subtitle = _style(document, "Subtitle", SANS, 15, GREY)
    for spacing in subtitle.element.rPr.findall(qn("w:spacing")):
        subtitle.element.rPr.remove(spacing)
    quote = _style(document, "Quote", SERIF, 12, GREY)
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Cm(1)
    caption = _style(document, "Caption", SANS, 10, INK, bold=True)
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(4)
    caption.paragraph_format.keep_with_next = True
    source = _style(document, "Källa", SANS, 9, GREY, new=WD_STYLE_TYPE.PARAGRAPH)
    source.paragraph_format.space_before, source.paragraph_format.space_after = Pt(3), Pt(12)
    text = _style(document, "Tabelltext", SANS, 9.5, INK, new=WD_STYLE_TYPE.PARAGRAPH)
    text.paragraph_format.space_before = text.paragraph_format.space_after = Pt(2)
    reference = _style(document, "Referens", SERIF, 11, INK, new=WD_STYLE_TYPE.PARAGRAPH)
    reference.paragraph_format.left_indent, reference.paragraph_format.first_line_indent = (
        Cm(0.75),
        Cm(-0.75),
    )
    _set_small(document)


def _set_small(document: Any) -> None:
    note = _style(document, "footnote text", SERIF, 9, INK, new=WD_STYLE_TYPE.PARAGRAPH)
    note.paragraph_format.space_after = Pt(2)
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = ACCENT
    for name in ("Header", "Footer"):
        style = _style(document, name, SANS, 9, GREY)
        tabs = style.element.find(f".//{qn('w:tabs')}")
        if tabs is not None:
            tabs.getparent().remove(tabs)
        style.paragraph_format.tab_stops.add_tab_stop(Cm(16), alignment=2)
    for level in (1, 2):
        contents = _style(
            document,
            f"toc {level}",
            SANS,
            11 if level == 1 else 10,
            INK,
            new=WD_STYLE_TYPE.PARAGRAPH,
        )
        contents.paragraph_format.left_indent = Cm(0.75 * (level - 1))
        contents.paragraph_format.space_after = Pt(3)
        contents.paragraph_format.right_indent = Cm(1)
        stops = contents.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(16), alignment=WD_TAB_ALIGNMENT.RIGHT, leader=WD_TAB_LEADER.DOTS)
        contents.font.bold = level == 1
    _style(document, "List Bullet", SERIF, 11, INK).paragraph_format.space_after = Pt(3)


def _set_headings(document: Any) -> None:
    for level, size in ((1, 20), (2, 14), (3, 12)):
        style = _style(document, f"Heading {level}", SANS, size, ACCENT, bold=True)
        style.font.all_caps = level < 3
        style.paragraph_format.space_before = Pt(24 if level == 1 else 16)
        style.paragraph_format.space_after = Pt(8)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.page_break_before = level == 1
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        properties = style.element.get_or_add_pPr()
        number = parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level - 1}"/><w:numId w:val="77"/></w:numPr>'
        )
        if level < 3:
            properties._insert_numPr(number)
    plain = document.styles.add_style("Rubrik utan nummer", WD_STYLE_TYPE.PARAGRAPH)
    plain.base_style = document.styles["Heading 1"]
    plain.next_paragraph_style = document.styles["Normal"]
    none = parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>')
    plain.element.get_or_add_pPr()._insert_numPr(none)


def _set_numbering(document: Any) -> None:
    """Chapters 1, 2 … and sections 1.1, 1.2 … as the headings' own numbers."""
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{n + 1}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs>'
        f'<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
        for n, (text, indent) in enumerate((("%1.", 567), ("%1.%2.", 709)))
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )


def _add_table_style(document: Any) -> None:
    """Thin rules, a tinted header row, a bold sum row."""
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Tabell"><w:name w:val="Tabell"/>'
            '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:color="17475E"/>'
            '<w:bottom w:val="single" w:sz="8" w:color="17475E"/><w:insideH w:val="single" w:sz="4" w:color="B8C2CC"/>'
            '</w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
            '</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" '
            'w:fill="E8F0F4"/></w:tcPr></w:tblStylePr><w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr>'
            '<w:tcPr><w:tcBorders><w:top w:val="single" w:sz="8" w:color="17475E"/></w:tcBorders></w:tcPr>'
            "</w:tblStylePr></w:style>"
        )
    )


def _style(
    document: Any,
    name: str,
    font: str,
    size: float,
    colour: RGBColor,
    *,
    bold: bool = False,
    new: Any = None,
) -> Any:
    style = document.styles.add_style(name, new) if new is not None else document.styles[name]
    style.font.name, style.font.size, style.font.color.rgb, style.font.bold = (
        font,
        Pt(size),
        colour,
        bold,
    )
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for attribute in list(fonts.attrib):
        if "Theme" in attribute:
            del fonts.attrib[attribute]
    for name_of in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name_of}"), font)
    return style


if __name__ == "__main__":
    Path("templates/2020/rapport.docx").write_bytes(make_style_template())
