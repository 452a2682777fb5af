"""What a reader sees of a finished Word file: its sentences, its tables, the alternative texts of
its pictures, and the numbers behind its charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from toolkit.disclosure.published import Around, Publication, PublishedNote, PublishedTable
from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import WP, C, R, wn
from toolkit.word.ooxml.package import MAIN, NUMBERING, STYLES, WordPackage
from toolkit.word.read.chart_numbers import chart_rows, chart_texts
from toolkit.word.read.sheets import sheets_of
from toolkit.word.read.surroundings import Surrounded, surrounded, text_of
from toolkit.word.read.wordstyles import WordStyles

# A chart's numbers lie in a workbook in the package, which anyone can open from Word.
_BOOKS = "word/embeddings/"
_CHARTS = "word/charts/"
_SPOKEN = ("descr", "title")
_ID = f"{{{R}}}id"
_GOES_ON = {"", "continue"}


def publication_of(document: bytes, year: int, county: str, file: str) -> Publication:
    """A Word file as it is published. Raises zipfile.BadZipFile."""
    package = WordPackage.read(document)
    stories = package.stories.values()
    paragraphs = [_text(paragraph) for paragraph in _all(stories, "p")]
    paragraphs += chain.from_iterable(map(_spoken, stories))
    blocks = surrounded(package)
    places = _places(package, blocks)
    tables = [*_tables(stories, blocks), *_maps(blocks), *_charts(package, places)]
    notes = [*chain.from_iterable(one.told() for one in blocks), *_written(package, places)]
    return Publication(year, county, file, paragraphs, tables, _sections(package), notes)


def _sections(package: WordPackage) -> list[tuple[str, list[str]]]:
    """The headings, with the paragraphs below each up to the next."""
    found: list[tuple[str, list[str]]] = []
    roots = package.roots
    styles = WordStyles(roots.get(STYLES), roots.get(NUMBERING))
    for paragraph in package.body.iterchildren(wn("p")):
        if styles.heading_level(paragraph):
            found.append((_text(paragraph), []))
        elif found:
            found[-1][1].append(_text(paragraph))
    return found


def _spoken(root: Element) -> Iterator[str]:
    """What a program that reads aloud says of the pictures."""
    for picture in root.iter(f"{{{WP}}}docPr"):
        yield from (picture.get(name, "") for name in _SPOKEN)


def _tables(stories: Iterable[Element], blocks: Iterable[Surrounded]) -> Iterator[PublishedTable]:
    """Every table, of the body with what stands around it."""
    around: dict[Element, Around] = {}
    for one in blocks:
        around |= dict.fromkeys(one.element.iter(wn("tbl")), one.around)
    for table in _all(stories, "tbl"):
        yield PublishedTable(_rows(table), around.get(table, ()))


def _maps(blocks: Iterable[Surrounded]) -> Iterator[PublishedTable]:
    """The texts of a drawing's shapes, a row for each: a map's squares are letters and words."""
    for one in blocks:
        boxes = [box for box in one.element.iter(wn("txbxContent")) if _is_flat(box)]
        rows = [[text_of(line) for line in box.iter(wn("p"))] for box in boxes]
        if rows:
            yield PublishedTable([["", ""], *rows], one.around)


def _is_flat(box: Element) -> bool:
    return next(box.iter(wn("tbl")), None) is None


def _places(package: WordPackage, blocks: Iterable[Surrounded]) -> dict[str, Around]:
    """What stands around each chart's part and each workbook behind one."""
    related = package.related(MAIN)
    found: dict[str, Around] = {}
    for block in blocks:
        for chart in block.element.iter(f"{{{C}}}chart"):
            part = related.get(chart.get(_ID, ""), "")
            if part in package.parts:
                around = [chart_texts(package.parts[part]), *block.around]
                found |= dict.fromkeys([part, *package.related(part).values()], around)
    return found


def _charts(package: WordPackage, places: dict[str, Around]) -> Iterator[PublishedTable]:
    """The numbers of every chart: of its workbook, and of its own part, which holds them once more,
    as they were when it was drawn."""
    for name, part in package.parts.items():
        around = places.get(name, ())
        if _is_book(name):
            for sheet in sheets_of(part):
                yield PublishedTable(sheet.rows, [*sheet.around, *around])
        elif _is_chart(name):
            texts = [] if around else [chart_texts(part)]
            yield from (PublishedTable(rows, [*texts, *around]) for rows in chart_rows(part))


def _written(package: WordPackage, places: dict[str, Around]) -> Iterator[PublishedNote]:
    """What stands written on charts."""
    for name, part in package.parts.items():
        if _is_chart(name):
            around = places.get(name, ())
            yield from (PublishedNote(text, around) for text in chart_texts(part))


def _is_chart(name: str) -> bool:
    return name.startswith(_CHARTS) and name.endswith(".xml") and "/" not in name[len(_CHARTS) :]


def _is_book(name: str) -> bool:
    return name.startswith(_BOOKS) and name.endswith(".xlsx")


def _all(stories: Iterable[Element], tag: str) -> Iterator[Element]:
    for root in stories:
        yield from root.iter(wn(tag))


def _rows(table: Element) -> list[list[str]]:
    """A table's rows: a cell that goes over several columns or rows says its text in each."""
    rows: list[list[str]] = []
    for row in table.iter(wn("tr")):
        cells: list[str] = []
        for cell in row.iter(wn("tc")):
            text = text_of(cell)
            merged = cell.find(wn("tcPr/vMerge"))
            if merged is not None and value(merged) in _GOES_ON and not text and rows:
                text = "".join(rows[-1][len(cells) : len(cells) + 1])
            span = value(cell.find(wn("tcPr/gridSpan")))
            cells += [text] * (int(span) if span.isdecimal() else 1)
        rows.append(cells)
    return rows


def _text(element: Element) -> str:
    return "".join(found.text or "" for found in element.iter(wn("t")))
