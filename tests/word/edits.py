"""Edits of a report such as people make in Word, on the file itself: what Word does to bookmarks when a text is typed over is
done here too."""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN, NOTES = "word/document.xml", "word/footnotes.xml"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def text_of(element):
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


class Edited:
    """A report open for editing."""

    def __init__(self, document):
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.main, self.notes = (etree.fromstring(self.parts[name]) for name in (MAIN, NOTES))

    def saved(self):
        self.parts[MAIN], self.parts[NOTES] = etree.tostring(self.main), etree.tostring(self.notes)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.parts.items():
                package.writestr(name, data)
        return target.getvalue()

    # ------------------------------------------------------------------------------------ finding
    def paragraph(self, begins):
        body = self.main.find(f"{W}body")
        return next(one for one in body.iterchildren(f"{W}p") if text_of(one).startswith(begins))

    def containing(self, part):
        body = self.main.find(f"{W}body")
        found = (one for one in body.iterchildren(f"{W}p") if part in text_of(one))
        return next(one for one in found if "TOC" not in str(one.find(f"{W}pPr/{W}pStyle").get(f"{W}val")).upper())  # fmt: skip

    def table(self, caption):
        """The table below a caption."""
        return next(one for one in self.containing(caption).itersiblings() if one.tag == f"{W}tbl")

    def row(self, caption, stub, nth=0):
        rows = [one for one in self.table(caption).iter(f"{W}tr") if text_of(next(one.iter(f"{W}tc"))).startswith(stub)]  # fmt: skip
        return rows[nth]

    def cell(self, caption, stub, column, nth=0):
        return list(self.row(caption, stub, nth).iter(f"{W}tc"))[column]

    def bookmark(self, within, text):
        """The ends of the bookmark in an element that holds a text, and the runs between."""
        for start in within.iter(f"{W}bookmarkStart"):
            runs, node = [], start.getnext()
            while node is not None and node.tag != f"{W}bookmarkEnd":
                runs.append(node)
                node = node.getnext()
            if runs and "".join(map(text_of, runs)) == text:
                return start, runs, node
        raise LookupError(text)

    # ------------------------------------------------------------------------------------- typing
    def type_in(self, within, old, new):
        """Another text inside the bookmark, as when one letter after another is replaced."""
        _, runs, _ = self.bookmark(within, old)
        next(runs[0].iter(f"{W}t")).text = new
        for run in runs[1:]:
            run.getparent().remove(run)

    def type_over(self, within, old, new):
        """The whole text selected and typed over: Word takes the bookmark away with it."""
        start, _, end = self.bookmark(within, old)
        self.type_in(within, old, new)
        for one in (start, end):
            one.getparent().remove(one)

    def delete(self, within, text):
        start, runs, end = self.bookmark(within, text)
        for one in (start, *runs, end):
            one.getparent().remove(one)

    def replace(self, within, old, new):
        """A part of what was written by hand."""
        node = next(one for one in within.iter(f"{W}t") if old in (one.text or ""))
        node.text = node.text.replace(old, new, 1)

    def add_paragraph(self, after, text):
        made = deepcopy(after)
        for one in list(made):
            if one.tag != f"{W}pPr":
                made.remove(one)
        run = etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}t")
        run.text = text
        after.addnext(made)

    def add_sentence(self, paragraph, text):
        run = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        run.text = text
        run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def remove(self, element):
        element.getparent().remove(element)

    def fill(self, cell, text):
        """A text in a cell that had another, without a bookmark."""
        nodes = list(cell.iter(f"{W}t"))
        nodes[0].text = text
        for node in nodes[1:]:
            node.text = ""

    def swap(self, one, other):
        """Two cells' contents cut and pasted in each other's places."""
        ours, theirs = one.find(f"{W}p"), other.find(f"{W}p")
        mark = etree.Element("mark")
        ours.addprevious(mark)
        theirs.addprevious(ours)
        mark.addprevious(theirs)
        one.remove(mark)

    def track(self, within, old, new):
        """A number deleted and another inserted, with changes tracked and not accepted."""
        _, (run,), _ = self.bookmark(within, old)
        inserted = deepcopy(run)
        next(inserted.iter(f"{W}t")).text = new
        deleted = etree.Element(f"{W}del")
        deleted.set(f"{W}id", "9001")
        deleted.set(f"{W}author", "A")
        run.addprevious(deleted)
        deleted.append(run)
        for node in run.iter(f"{W}t"):
            node.tag = f"{W}delText"
        made = etree.Element(f"{W}ins")
        made.set(f"{W}id", "9002")
        made.set(f"{W}author", "A")
        made.append(inserted)
        deleted.addnext(made)

    # ------------------------------------------------------------------------- notes and drawings
    def note(self, part):
        return next(one for one in self.notes.iter(f"{W}footnote") if part in text_of(one))

    def say_of_picture(self, part, old, new):
        shown = next(one for one in self.main.iter(f"{WP}docPr") if part in one.get("descr", ""))
        assert old in shown.get("descr")
        shown.set("descr", shown.get("descr").replace(old, new, 1))

    def chart(self, number, series, point, value):
        """A number of a chart, in the part that Word draws it from."""
        names = sorted((name for name in self.parts if re.fullmatch(r"word/charts/chart\d*\.xml", name)), key=lambda name: int(re.search(r"\d+", name)[0]))  # fmt: skip
        root = etree.fromstring(self.parts[names[number]])
        own = list(root.iter(f"{C}ser"))[series]
        points = list(own.find(f"{C}val").iter(f"{C}pt"))
        points[point].find(f"{C}v").text = value
        self.parts[names[number]] = etree.tostring(root)
