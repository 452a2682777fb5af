"""The style template `templates/<year>/rapport.docx`: made once, then restyled in Word by the
staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Pt, RGBColor

from toolkit.word.write.render import saved

SERIF, SANS = "Cambria", "Calibri"
INK = RGBColor(0x1F, 0x2A, 0x37)
ACCENT = RGBColor(0x17, 0x47, 0x5E)
GREY = RGBColor(0x59, 0x5F, 0x69)
_NUMBERING = "77"  # the id of the headings' numbering, far from those of python-docx's model file
_EDGE = 16  # centimetres from margin to margin, where page numbers stand
# Twentieths of a point for the numbers before headings: 1 and 1.25 cm.
_CHAPTER, _SECTION = 567, 709

_KEPT_TABLES = {"Normal Table", "Table Grid"}
_WORD_MODE = "15"  # Word 2013 and later
_SWEDISH = {
    "themeFontLang": "sv-SE",
    "decimalSymbol": ",",
    "listSeparator": ";",
    "defaultTabStop": "1304",  # twentieths of a point: 2.3 cm, as Word has it in Sweden
}
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
)


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph style looks: size and distances in points, indents in centimetres, `lines` as
    a multiple of single. What is None stays as python-docx's model file has it."""

    name: str
    font: str
    size: float
    colour: RGBColor
    bold: bool = False
    before: float | None = None
    after: float | None = None
    lines: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    keep: bool | None = None


_OWN = (
    ParagraphLook("Normal", SERIF, 11, INK, after=8, lines=1.15),
    ParagraphLook("Title", SANS, 30, ACCENT, bold=True, before=140, after=12),
    ParagraphLook("Subtitle", SANS, 15, GREY),
    ParagraphLook("Quote", SERIF, 12, GREY, left=1, right=1),
    ParagraphLook("Caption", SANS, 10, INK, bold=True, before=10, after=4, keep=True),
)
_NEW = (
    ParagraphLook("Källa", SANS, 9, GREY, before=3, after=12),
    ParagraphLook("Tabelltext", SANS, 9.5, INK, before=2, after=2),
    ParagraphLook("Referens", SERIF, 11, INK, left=0.75, first=-0.75),
    ParagraphLook("footnote text", SERIF, 9, INK, after=2),
)
_CONTENTS = (
    ParagraphLook("toc 1", SANS, 11, INK, bold=True, after=3, left=0),
    ParagraphLook("toc 2", SANS, 10, INK, after=3, left=0.75),
)
_FRAME = (ParagraphLook("Header", SANS, 9, GREY), ParagraphLook("Footer", SANS, 9, GREY))
_BULLET = ParagraphLook("List Bullet", SERIF, 11, INK, after=3)
_HEADINGS = (
    ParagraphLook("Heading 1", SANS, 20, ACCENT, bold=True, before=24, after=8, keep=True),
    ParagraphLook("Heading 2", SANS, 14, ACCENT, bold=True, before=16, after=8, keep=True),
    ParagraphLook("Heading 3", SANS, 12, ACCENT, bold=True, before=16, after=8, keep=True),
)


def make_style_template() -> bytes:
    """A4, serif text, sans-serif headings in capitals with numbers as a property of the style,
    Swedish."""
    document = docx.Document()
    for paragraph in list(document.element.body):
        if not paragraph.tag.endswith("sectPr"):
            document.element.body.remove(paragraph)
    _drop_leftovers(document)
    _drop_tables(document)
    _set_settings(document)
    _set_page(document)
    _set_defaults(document)
    _set_paragraphs(document)
    _set_headings(document)
    _set_numbering(document)
    _add_table_style(document)
    return saved(document)


def _drop_leftovers(document: Any) -> None:
    """Parts of the library's own model file that would contradict ours: a second set of styles, and
    a thumbnail."""
    for owner in (document.part, document.part.package):
        for name, relation in list(owner.rels.items()):
            if relation.reltype.endswith(("stylesWithEffects", "thumbnail")):
                del owner.rels[name]


def _drop_tables(document: Any) -> None:
    """The hundred table styles of the model file, which nobody sees in a report and which are nine
    tenths of the part."""
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name not in _KEPT_TABLES:
            style.element.getparent().remove(style.element)


def _set_settings(document: Any) -> None:
    """Word's own of today, and Swedish: a lower mode opens the file in compatibility mode, and the
    model file has an American's comma (ECMA-376 part 1 §17.15.1)."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_MODE)
    for name, value in _SWEDISH.items():
        settings.find(qn(f"w:{name}")).set(qn("w:val"), value)
    language = settings.find(qn("w:themeFontLang"))
    language.attrib.pop(qn("w:eastAsia"), None)
    asian = settings.find(f".//{qn('w:useFELayout')}")
    asian.getparent().remove(asian)
    _set_application(document)


def _set_application(document: Any) -> None:
    """What the model file says of the program, and of how long it is, is not true of ours."""
    for relation in document.part.package.rels.values():
        if relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _APPLICATION


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.5)


def _set_defaults(document: Any) -> None:
    """Swedish throughout: the library's model file is American."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "sv-SE")
    latent = document.styles.element.find(qn("w:latentStyles"))
    if latent is not None:
        document.styles.element.remove(latent)


def _set_paragraphs(document: Any) -> None:
    _, title, subtitle, *_ = [_set(document, look) for look in _OWN]
    # The model file draws a blue line below titles and spaces subtitles out.
    _drop(title, "w:pBdr")
    _drop(subtitle, "w:rPr/w:spacing")
    for look in _NEW:
        _add(document, look)
    _add_characters(document)
    for look in _FRAME:
        _set_headers(document, look)
    for look in _CONTENTS:
        stops = _add(document, look).paragraph_format.tab_stops
        stops.add_tab_stop(Cm(_EDGE), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    _set(document, _BULLET)


def _add_characters(document: Any) -> None:
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = ACCENT


def _set_headers(document: Any, look: ParagraphLook) -> None:
    """Headers and footers with one tab, at the margin: those of the model file, at an American
    page's middle and margin, put what follows a tab in the wrong place."""
    style = _set(document, look)
    _drop(style, "w:tabs")
    style.paragraph_format.tab_stops.add_tab_stop(Cm(_EDGE), WD_TAB_ALIGNMENT.RIGHT)


def _set_headings(document: Any) -> None:
    for level, look in enumerate(_HEADINGS, 1):
        style = _set(document, look)
        # Capitals are a look: the text itself is as in a sentence, for contents and readers.
        style.font.all_caps = level < 3
        style.paragraph_format.page_break_before = level == 1
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        # A level of the numbering is counted from 0, a heading's from 1.
        if level < 3:
            _number(style, f'<w:ilvl w:val="{level - 1}"/><w:numId w:val="{_NUMBERING}"/>')
    plain = document.styles.add_style("Rubrik utan nummer", WD_STYLE_TYPE.PARAGRAPH)
    # Based on the chapters' own style, so that a restyled chapter restyles this one too.
    plain.base_style = document.styles["Heading 1"]
    plain.next_paragraph_style = document.styles["Normal"]
    _number(plain, '<w:numId w:val="0"/>')


def _number(style: Any, place: str) -> None:
    number = parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>")
    style.element.get_or_add_pPr()._insert_numPr(number)


def _set_numbering(document: Any) -> None:
    """Chapters 1, 2 … and sections 1.1, 1.2 … as the headings' own numbers."""
    levels = _level(0, "%1.", _CHAPTER) + _level(1, "%1.%2.", _SECTION)
    many = '<w:multiLevelType w:val="multilevel"/>'
    model = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_NUMBERING}">{many}{levels}'
    own = f'<w:num {nsdecls("w")} w:numId="{_NUMBERING}"><w:abstractNumId w:val="{_NUMBERING}"/>'
    numbering = document.part.numbering_part.element
    # The schema wants all models before all lists in the part (§17.9.16).
    numbering.insert(0, parse_xml(f"{model}</w:abstractNum>"))
    numbering.append(parse_xml(f"{own}</w:num>"))


def _level(number: int, text: str, indent: int) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{number + 1}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs>'
        f'<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
    )


_TABLE_STYLE = """<w:style {namespaces} w:type="table" w:customStyle="1" w:styleId="Tabell">
<w:name w:val="Tabell"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="17475E"/>
<w:bottom w:val="single" w:sz="8" w:color="17475E"/>
<w:insideH w:val="single" w:sz="4" w:color="B8C2CC"/></w:tblBorders>
<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>
</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>
<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E8F0F4"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr>
<w:tcPr><w:tcBorders><w:top w:val="single" w:sz="8" w:color="17475E"/></w:tcBorders></w:tcPr>
</w:tblStylePr></w:style>"""


def _add_table_style(document: Any) -> None:
    """Thin rules, a tinted header row, a bold sum row."""
    said = _TABLE_STYLE.replace("\n", "").format(namespaces=nsdecls("w"))
    document.styles.element.append(parse_xml(said))


def _add(document: Any, look: ParagraphLook) -> Any:
    document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    return _set(document, look)


def _set(document: Any, look: ParagraphLook) -> Any:
    style = document.styles[look.name]
    style.font.name, style.font.size = look.font, Pt(look.size)
    style.font.color.rgb, style.font.bold, style.font.italic = look.colour, look.bold, False
    _set_fonts(style, look.font)
    _set_distances(style.paragraph_format, look)
    return style


def _set_fonts(style: Any, font: str) -> None:
    """The font for every script. A theme's font would win over it (ECMA-376 part 1 §17.3.2.26)."""
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for attribute in list(fonts.attrib):
        if "Theme" in attribute:
            del fonts.attrib[attribute]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), font)


def _set_distances(form: Any, look: ParagraphLook) -> None:
    said: dict[str, object] = {
        "space_before": _length(Pt, look.before),
        "space_after": _length(Pt, look.after),
        "left_indent": _length(Cm, look.left),
        "right_indent": _length(Cm, look.right),
        "first_line_indent": _length(Cm, look.first),
        "line_spacing": look.lines,
        "keep_with_next": look.keep,
    }
    for name, value in said.items():
        if value is not None:
            setattr(form, name, value)


def _length(unit: Callable[[float], Length], number: float | None) -> Length | None:
    return None if number is None else unit(number)


def _drop(style: Any, path: str) -> None:
    """Take away what the library's model file says of a style."""
    for found in style.element.findall(f".//{'/'.join(map(qn, path.split('/')))}"):
        found.getparent().remove(found)


if __name__ == "__main__":
    Path("templates/2020/rapport.docx").write_bytes(make_style_template())
