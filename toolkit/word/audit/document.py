"""What can be wrong in a finished .docx that the package validators do not see, and what shuts a
reader out.

Each rule says in which part and where it is broken. `lansrapport report ÅR --check-template` tells
it in Swedish."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.word.audit.contrast import faint
from toolkit.word.ooxml.elements import Element, text_in, value
from toolkit.word.ooxml.names import MC, WP, WPS, W, wn
from toolkit.word.ooxml.package import WordPackage

LANGUAGE = "sv-SE"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2,3}-[A-Z]{2})?")
_POINTER = re.compile(r"\s*(?:PAGEREF|REF)\s+(\S+)")
_FORMAT = "application/vnd.openxmlformats-officedocument."
_KINDS = {
    "officeDocument": f"{_FORMAT}wordprocessingml.document.main+xml",
    "styles": f"{_FORMAT}wordprocessingml.styles+xml",
    "settings": f"{_FORMAT}wordprocessingml.settings+xml",
    "numbering": f"{_FORMAT}wordprocessingml.numbering+xml",
    "footnotes": f"{_FORMAT}wordprocessingml.footnotes+xml",
    "header": f"{_FORMAT}wordprocessingml.header+xml",
    "footer": f"{_FORMAT}wordprocessingml.footer+xml",
    "chart": f"{_FORMAT}drawingml.chart+xml",
    "package": f"{_FORMAT}spreadsheetml.sheet",
}
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class AuditFault:
    """A broken rule: in which part, and the words or the name that it stands at."""

    rule: str
    part: str
    place: str = ""


Found = Iterator[tuple[str, str]]
_MAIN, _CORE = "word/document.xml", "docProps/core.xml"


def audit(document: bytes) -> list[AuditFault]:
    """Everything that is wrong, rule by rule. Raises zipfile.BadZipFile."""
    opened = WordPackage.read(document)
    return [
        AuditFault(rule, part, place)
        for rule, look in RULES.items()
        for part, place in look(opened)
    ]


def _open_fields(opened: WordPackage) -> Found:
    """Every field begins, may separate, and ends, within its story."""
    for part, root in opened.stories.items():
        stack: list[str] = []
        for mark in root.iter(wn("fldChar")):
            kind = mark.get(wn("fldCharType"))
            if kind == "begin":
                stack.append(kind)
            elif not stack or (kind == "separate" and stack[-1] == "separate"):
                yield part, _words_at(mark)
            elif kind == "separate":
                stack[-1] = kind
            else:
                stack.pop()
        if stack:
            yield part, str(len(stack))


def _words_at(element: Element) -> str:
    paragraph = next(element.iterancestors(wn("p")), None)
    return "" if paragraph is None else text_in(paragraph)[:60]


def _lost_anchors(opened: WordPackage) -> Found:
    """What a link or a reference leads to is in the document."""
    marks = {
        m.get(wn("name"))
        for root in opened.stories.values()
        for m in root.iter(wn("bookmarkStart"))
    }
    for part, root in opened.stories.items():
        names = [link.get(wn("anchor")) for link in root.iter(wn("hyperlink"))]
        names += [
            found[1]
            for code in root.iter(wn("instrText"))
            if (found := _POINTER.match(code.text or ""))
        ]
        yield from ((part, name) for name in names if name and name not in marks)


def _wrong_kinds(opened: WordPackage) -> Found:
    """Every part has a content type, and one that fits what it is related as."""
    known = set(opened.parts) - {"[Content_Types].xml"}
    yield from ((part, "") for part in sorted(known) if not opened.kind(part))
    for relation, part in sorted(set(opened.relations())):
        if part not in known:
            yield part, relation
        elif opened.kind(part) and opened.kind(part) != _KINDS.get(relation, opened.kind(part)):
            yield part, opened.kind(part)


def _lost_numbering(opened: WordPackage) -> Found:
    """A numbered paragraph or style names a numbering that exists; 0 means none."""
    root = opened.roots.get("word/numbering.xml")
    numbers = [] if root is None else root.findall(wn("num"))
    models = (
        set()
        if root is None
        else {m.get(wn("abstractNumId")) for m in root.findall(wn("abstractNum"))}
    )
    sound = {n.get(wn("numId")) for n in numbers if value(n.find(wn("abstractNumId"))) in models}
    for part, story in {
        **opened.stories,
        "word/styles.xml": opened.roots["word/styles.xml"],
    }.items():
        for number in story.iter(wn("numId")):
            if value(number) not in {"0", *sound}:
                yield part, value(number)


def _twin_drawings(opened: WordPackage) -> Found:
    """Drawings and the shapes in them have ids of their own. What is shown instead of another may
    repeat its id."""
    counts: Counter[str] = Counter()
    for part, root in opened.stories.items():
        for shown in root.iter(f"{{{WP}}}docPr", f"{{{WPS}}}cNvPr"):
            if next(shown.iterancestors(f"{{{MC}}}Fallback"), None) is None:
                counts[shown.get("id")] += 1
                if counts[shown.get("id")] == 2:
                    yield part, shown.get("id")


def level_of(opened: WordPackage, paragraph: Element) -> int:
    """The heading level of a paragraph from its style, by outline or by name; 0 for running
    text."""
    for style in opened.based(value(paragraph.find(wn("pPr/pStyle")))):
        outline = style.find(wn("pPr/outlineLvl"))
        if outline is not None:
            return (int(value(outline)) + 1) % 10
        if named := _HEADING.fullmatch(value(style.find(wn("name")))):
            return int(named[1])
    return 0


def _leaps(opened: WordPackage) -> Found:
    """Headings go down one level at a time, from the first."""
    before = 0
    for paragraph in opened.body.iter(wn("p")):
        level = level_of(opened, paragraph)
        if level > before + 1:
            yield _MAIN, text_in(paragraph)[:60]
        before = level or before


def _headless(opened: WordPackage) -> Found:
    """The first row of every table is a header row."""
    for table in opened.body.iter(wn("tbl")):
        mark = table.find(wn("tr")).find(wn("trPr/tblHeader"))
        if mark is None or value(mark) in {"0", "false", "off"}:
            yield _MAIN, text_in(table.find(f"{{{W}}}tr"))[:60]


def _other_languages(opened: WordPackage) -> Found:
    """Swedish in the properties, as the document's default, and in every style that says a
    language; other languages only on marked words, said with language and country."""
    said = opened.roots[_CORE].find(f"{_DUBLIN}language")
    if said is None or said.text != LANGUAGE:
        yield _CORE, "" if said is None else str(said.text)
    styles = opened.roots["word/styles.xml"]
    if styles.find(wn("docDefaults/rPrDefault/rPr/lang")) is None:
        yield "word/styles.xml", ""
    yield from (
        ("word/styles.xml", value(m))
        for m in styles.iter(wn("lang"))
        if value(m) not in {"", LANGUAGE}
    )
    for part, root in opened.stories.items():
        yield from (
            (part, value(m)) for m in root.iter(wn("lang")) if not _LANGUAGE.fullmatch(value(m))
        )


def _untitled(opened: WordPackage) -> Found:
    title = opened.roots[_CORE].find(f"{_DUBLIN}title")
    if title is None or not (title.text or "").strip():
        yield _CORE, ""


def _unsaid(opened: WordPackage) -> Found:
    """Every drawing says in words what it shows."""
    for part, root in opened.stories.items():
        for shown in root.iter(f"{{{WP}}}docPr"):
            if not (shown.get("descr") or "").strip():
                yield part, shown.get("name", "")


def _blank_space(opened: WordPackage) -> Found:
    """Distance is a style's business: no paragraph in the body is empty."""
    shown = tuple(
        wn(name) for name in ("drawing", "fldChar", "footnoteReference", "sectPr", "pict", "object")
    )
    before = ""
    for paragraph in opened.body.findall(wn("p")):
        if not text_in(paragraph).strip() and next(paragraph.iter(*shown), None) is None:
            yield _MAIN, before
        before = text_in(paragraph)[:60]


def _merged(opened: WordPackage) -> Found:
    """A cell is one row and one column: others are read out in the wrong place."""
    for cell in opened.body.iter(wn("tc")):
        wide = value(cell.find(wn("tcPr/gridSpan"))) not in {"", "1"}
        if wide or any(cell.find(wn(f"tcPr/{name}")) is not None for name in ("vMerge", "hMerge")):
            yield _MAIN, text_in(cell)[:60]


RULES: Mapping[str, Callable[[WordPackage], Found]] = {
    "falt": _open_fields,
    "lank": _lost_anchors,
    "innehallstyp": _wrong_kinds,
    "numrering": _lost_numbering,
    "bild_id": _twin_drawings,
    "rubrikniva": _leaps,
    "rubrikrad": _headless,
    "sprak": _other_languages,
    "titel": _untitled,
    "alternativtext": _unsaid,
    "kontrast": faint,
    "tomt_stycke": _blank_space,
    "sammanslagen_cell": _merged,
}
"""The rules by name, as `cli/terminal.yaml` tells of them."""
