"""The audit of a finished Word file: every rule can fail, and what is made here breaks none."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from tests.conftest import ROOT
from tests.report.test_memo import examine
from toolkit.analysis.appropriations import read_series
from toolkit.report.guide import write_guide
from toolkit.word import render_report
from toolkit.word.audit.contrast import ratio
from toolkit.word.audit.document import RULES, audit
from toolkit.word.ooxml.elements import inside, paragraph, run, w
from toolkit.word.ooxml.names import WP, W
from toolkit.year.money import write_memos
from toolkit.year.workspace import Workspace

TEMPLATE = ROOT / "templates/2020/rapport.docx"
SERIES = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def document(example_document):
    return example_document


def spoiled(document, part, change):
    """The document after a change to the root of one of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root)
            new.writestr(name, data)
    return target.getvalue()


def first(root, name):
    return next(root.iter(f"{{{W}}}{name}"))


def set_to(root, name, value):
    first(root, name).set(f"{{{W}}}val", value)


def drop(element):
    element.getparent().remove(element)


def leave_a_field_open(root):
    drop(
        [mark for mark in root.iter(f"{{{W}}}fldChar") if mark.get(f"{{{W}}}fldCharType") == "end"][
            -1
        ].getparent()
    )


def end_a_field_twice(root):
    first(root, "p").append(inside(w("r"), w("fldChar", fldCharType="end")))


def lead_a_link_astray(root):
    first(root, "hyperlink").set(f"{{{W}}}anchor", "ingenstans")


def drop_the_mark_of_a_caption(root):
    drop(
        next(
            mark
            for mark in root.iter(f"{{{W}}}bookmarkStart")
            if mark.get(f"{{{W}}}name") == "_tabell_anslag"
        )
    )


def forget_the_kind_of_a_chart(root):
    drop(
        next(
            kind
            for kind in root.iter(f"{TYPES}Override")
            if kind.get("PartName").endswith("chart1.xml")
        )
    )


def forget_the_kind_of_workbooks(root):
    for kind in list(root):
        if "xlsx" in (kind.get("Extension") or kind.get("PartName")):
            root.remove(kind)


def number_by_what_is_not_there(root):
    first(root, "pPr").append(inside(w("numPr"), w("ilvl", val="0"), w("numId", val="4711")))


def empty_the_numbering(root):
    drop(
        next(m for m in root.iter(f"{{{W}}}abstractNum") if m.get(f"{{{W}}}abstractNumId") == "77")
    )


def give_two_drawings_one_id(root):
    one, other = list(root.iter(f"{{{WP}}}docPr"))[:2]
    other.set("id", one.get("id"))


def leap_over_a_level(root):
    second = next(s for s in root.iter(f"{{{W}}}pStyle") if s.get(f"{{{W}}}val") == "Heading2")
    second.set(f"{{{W}}}val", "Heading3")


def begin_below_the_top(root):
    heading = next(
        s for s in root.iter(f"{{{W}}}pStyle") if s.get(f"{{{W}}}val").startswith("Rubrik")
    )
    heading.set(f"{{{W}}}val", "Heading2")


def silence_a_drawing(root):
    next(root.iter(f"{{{WP}}}docPr")).set("descr", " ")


def write_in_pale_grey(root):
    normal = next(s for s in root.iter(f"{{{W}}}style") if s.get(f"{{{W}}}styleId") == "Normal")
    normal.find(f"{{{W}}}rPr/{{{W}}}color").set(f"{{{W}}}val", "999999")


def darken_the_heading_rows(root):
    style = next(s for s in root.iter(f"{{{W}}}style") if s.get(f"{{{W}}}styleId") == "Tabell")
    style.find(f"{{{W}}}tblStylePr").find(f"{{{W}}}tcPr/{{{W}}}shd").set(f"{{{W}}}fill", "444444")


def darken_one_cell(root):
    first(root, "tcPr").append(w("shd", val="clear", color="auto", fill="17475E"))


def darken_the_words_of_a_square(root):
    box = first(root, "txbxContent")
    for colour in box.iter(f"{{{W}}}color"):
        colour.set(f"{{{W}}}val", "1F2A37")


def put_in_a_blank_line(root):
    first(root, "tbl").addprevious(paragraph("Normal", run(" ")))


def widen_a_cell(root):
    first(root, "tcPr").append(w("gridSpan", val="2"))


def stretch_a_cell(root):
    first(root, "tcPr").append(w("vMerge", val="restart"))


HEAD = "MålsättningAlla aktiviteterVarav prostitution och människoha"
BODY, CORE, KINDS = "word/document.xml", "docProps/core.xml", "[Content_Types].xml"
FAULTS = [
    ("falt", BODY, leave_a_field_open, (BODY, "1")),
    ("falt", "word/footer1.xml", end_a_field_twice, ("word/footer1.xml", None)),
    ("lank", BODY, lead_a_link_astray, (BODY, "ingenstans")),
    ("lank", BODY, drop_the_mark_of_a_caption, (BODY, "_tabell_anslag")),
    (
        "innehallstyp",
        KINDS,
        forget_the_kind_of_a_chart,
        ("word/charts/chart1.xml", "application/xml"),
    ),
    ("innehallstyp", KINDS, forget_the_kind_of_workbooks, ("word/embeddings/chart1.xlsx", "")),
    ("numrering", BODY, number_by_what_is_not_there, (BODY, "4711")),
    ("numrering", "word/numbering.xml", empty_the_numbering, ("word/styles.xml", "77")),
    ("bild_id", BODY, give_two_drawings_one_id, (BODY, "1")),
    ("rubrikniva", BODY, leap_over_a_level, (BODY, "En kort tillbakablick")),
    ("rubrikniva", BODY, begin_below_the_top, (BODY, "Förord")),
    ("rubrikrad", BODY, lambda root: drop(first(root, "tblHeader")), (BODY, HEAD)),
    ("rubrikrad", BODY, lambda root: set_to(root, "tblHeader", "0"), (BODY, HEAD)),
    ("sprak", CORE, lambda root: drop(next(root.iter(f"{DC}language"))), (CORE, "")),
    (
        "sprak",
        "word/styles.xml",
        lambda root: set_to(root, "lang", "en-US"),
        ("word/styles.xml", "en-US"),
    ),
    (
        "sprak",
        "word/document.xml",
        lambda root: set_to(root, "lang", "en"),
        ("word/document.xml", "en"),
    ),
    ("sprak", "word/styles.xml", lambda root: drop(first(root, "lang")), ("word/styles.xml", "")),
    ("titel", CORE, lambda root: setattr(next(root.iter(f"{DC}title")), "text", " "), (CORE, "")),
    ("titel", CORE, lambda root: drop(next(root.iter(f"{DC}title"))), (CORE, "")),
    ("alternativtext", BODY, silence_a_drawing, (BODY, "Figur\u00a01")),
    (
        "kontrast",
        "word/styles.xml",
        write_in_pale_grey,
        (BODY, "Jämställdhetsmyndigheten: 999999 / FFFFFF"),
    ),
    (
        "kontrast",
        "word/styles.xml",
        darken_the_heading_rows,
        (BODY, "Målsättning: 1F2A37 / 444444"),
    ),
    ("kontrast", BODY, darken_one_cell, (BODY, "Målsättning: 1F2A37 / 17475E")),
    ("kontrast", BODY, darken_the_words_of_a_square, (BODY, "AB: 1F2A37 / 17475E")),
    ("tomt_stycke", BODY, put_in_a_blank_line, None),
    ("sammanslagen_cell", BODY, widen_a_cell, (BODY, "Målsättning")),
    ("sammanslagen_cell", BODY, stretch_a_cell, (BODY, "Målsättning")),
]


class DescribeTheAudit:
    @pytest.mark.parametrize(
        ("rule", "part", "change", "place"), FAULTS, ids=lambda one: getattr(one, "__name__", "")
    )
    def it_sees_a_fault_and_calls_it_by_its_rule(self, document, rule, part, change, place):
        found = audit(spoiled(document, part, change))
        assert {fault.rule for fault in found} == {rule}
        if place is not None and place[1] is not None:
            assert place in [(fault.part, fault.place) for fault in found]

    def it_has_a_fault_for_every_rule(self):
        assert {rule for rule, *_ in FAULTS} == set(RULES)

    def it_measures_contrast_as_wcag_does(self):
        assert ratio("000000", "FFFFFF") == pytest.approx(21)
        assert ratio("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)
        assert ratio("FFFFFF", "767676") == pytest.approx(4.54, abs=0.01)


class DescribeWhatIsMadeHere:
    def it_finds_nothing_in_the_report(self, document):
        assert audit(document) == []

    def it_finds_nothing_in_the_guide(self, year):
        assert audit(render_report(write_guide(year), TEMPLATE)) == []

    def it_finds_nothing_in_the_memos(self, example, tmp_path):
        space = Workspace(tmp_path, 2020)
        (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
        (tmp_path / "inputs/2020/submissions/svar.xlsx").touch()  # something has come
        memos = write_memos(space, examine(example))
        assert len(memos) >= 4
        assert {path.name: audit(path.read_bytes()) for path in memos} == {
            path.name: [] for path in memos
        }
