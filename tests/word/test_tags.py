"""What is mended of a PDF's structure, on a tree made by hand: no program is needed."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from toolkit.word.pdf import PdfError, kind, mend, tags


class Tree:
    """A PDF of one page, and the tags below its document."""

    def __init__(self):
        self.pdf = pikepdf.new()
        self.page = self.pdf.add_blank_page()
        self.page.StructParents = 0
        parents = self.pdf.make_indirect(Dictionary(Nums=Array([0, Array([None] * 9)])))
        self.top = self.tag(Name.Document)
        root = Dictionary(K=Array([self.top]), ParentTree=parents, RoleMap=Dictionary())
        self.pdf.Root.StructTreeRoot = self.pdf.make_indirect(root)

    def tag(self, kind, *below, **more):
        own = Dictionary(S=kind, K=Array(below), Pg=self.page.obj, **more)
        return self.pdf.make_indirect(own)

    def mended(self, *below, alternatives=()):
        self.top.K = Array(below)
        target = io.BytesIO()
        self.pdf.save(target)
        return pikepdf.open(io.BytesIO(mend(target.getvalue(), alternatives)))


def kinds(pdf):
    return [kind(tag) for tag in tags(pdf.Root.StructTreeRoot)]


def area(*sides):
    return Dictionary(BBox=Array(sides))


@pytest.fixture
def tree():
    return Tree()


class DescribeMendedTags:
    def it_gives_each_figure_its_text_in_reading_order(self, tree):
        places = [tree.tag(Name.P, tree.tag(Name.Figure)) for _ in range(2)]
        pdf = tree.mended(*places, alternatives=["En.", "Två."])
        figures = [tag for tag in tags(pdf.Root.StructTreeRoot) if kind(tag) == "Figure"]
        assert [str(figure.Alt) for figure in figures] == ["En.", "Två."]

    def it_gathers_shapes_and_their_text_boxes_into_one_figure(self, tree):
        shapes = [tree.tag(Name.Figure, A=area(0, 0, 10, 10)), tree.tag(Name.Figure, A=area(20, 5, 30, 15))]  # fmt: skip
        box = tree.tag(Name.Div, A=area(1, 1, 9, 40))
        pdf = tree.mended(*shapes, tree.tag(Name.P, box), alternatives=["Karta."])
        assert kinds(pdf) == ["Document", "P", "Figure", "Span", "Span", "Div"]
        figure = next(tag for tag in tags(pdf.Root.StructTreeRoot) if kind(tag) == "Figure")
        assert [float(side) for side in figure.A.BBox] == [0, 0, 30, 40]
        assert str(figure.Alt) == "Karta."

    def it_refuses_when_a_drawing_is_missing(self, tree):
        with pytest.raises(PdfError, match="bilder"):
            tree.mended(tree.tag(Name.P), alternatives=["En."])

    def it_numbers_notes_and_calls_a_paragraph_of_quotation_so(self, tree):
        tree.pdf.Root.StructTreeRoot.RoleMap = Dictionary(Quote=Name.P)
        pdf = tree.mended(tree.tag(Name.Quote), tree.tag(Name.Note), tree.tag(Name.Note))
        assert kinds(pdf) == ["Document", "BlockQuote", "Note", "Note"]
        notes = [tag for tag in tags(pdf.Root.StructTreeRoot) if kind(tag) == "Note"]
        assert [str(note.ID) for note in notes] == ["not-1", "not-2"]

    def it_links_a_notes_number_back_to_its_mark(self, tree):
        mark = tree.pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([0, 10, 5, 15])))
        tree.page.Annots = Array([mark])
        note = tree.tag(Name.Note, tree.tag(Name.P, 3, 4))
        pdf = tree.mended(note)
        assert kinds(pdf) == ["Document", "Note", "P", "Link"]
        link = next(tag for tag in tags(pdf.Root.StructTreeRoot) if kind(tag) == "Link")
        assert int(link.K[0]) == 3
        assert link.K[1].Obj.StructParent == 1
        numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        assert numbers[1].objgen == numbers[0][3].objgen == link.objgen
        assert pdf.pages[0].Tabs == Name.S
