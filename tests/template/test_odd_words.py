"""Labels, codes and texts with signs that mean something in a formula: the template is a whole workbook all the same."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.formula import Tokenizer

from toolkit.spec.load import load_year
from toolkit.template import write_template
from toolkit.words.cells import criterion, formula_text

EDITS = {
    "label: Mål\n    intro": "label: Mål i 'år' nu\n    intro",
    "label: Målformulering,": "label: 'Målets \"formulering\" & mer',",
    '"MÅL Mål"': "'MÅL Mål'",
    "title: Redovisning av arbetet mot": f"title: Mål & medel {'och mer ' * 40} mot",
    "label: Budget,": 'label: "Budget* (lars\' del?)",',
}


@pytest.fixture
def odd(templates):
    """A year whose workbook has such words."""
    path = templates / "2020/arbetsbok.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in EDITS.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    path = templates / "2020/texter/mall.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "rubrik: Kontrollera cellen", "rubrik: Kontrollera det som står i den här cellen"
    )
    text = text.replace("  lista: Värdet", f"  lista: {'Värdet och ' * 40}Värdet")
    path.write_text(
        re.sub(r"^  klar: Klar$", "  klar: 'Klar \"nu\"'", text, flags=re.M), encoding="utf-8"
    )
    return load_year(templates, 2020)


@pytest.fixture
def template(odd):
    data = write_template(odd.spec, odd.spec.counties[0], odd.texts("mall"))
    return openpyxl.load_workbook(io.BytesIO(data))


def formulas(book):
    for name, defined in book.defined_names.items():
        yield name, f"={defined.attr_text}"
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                value = getattr(cell.value, "text", cell.value)
                if isinstance(value, str) and value.startswith("="):
                    yield f"{sheet.title}!{cell.coordinate}", value


class DescribeATemplateOfOddWords:
    def it_has_formulas_that_can_be_taken_apart(self, template):
        seen = 0
        for place, formula in formulas(template):
            assert formula.count('"') % 2 == 0, place
            kinds = [(one.type, one.subtype) for one in Tokenizer(formula).items]
            assert ("OPERAND", "ERROR") not in kinds or "#" in formula, place
            seen += 1
        assert seen > 500

    def it_says_the_words_as_they_are_written(self, template):
        whole = "".join(formula for _, formula in formulas(template))
        assert 'Målets ""formulering"" & mer, ' in whole
        assert 'Klar ""nu""' in whole

    def it_prints_what_is_filled_in_on_each_sheet(self, odd, recwarn):
        data = write_template(odd.spec, odd.spec.counties[0], odd.texts("mall"))
        assert [str(one.message) for one in recwarn if "sheet name" in str(one.message)] == []
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            book = package.read("xl/workbook.xml").decode()
        assert book.count("_xlnm.Print_Area") == 5

    def it_keeps_every_list_to_choose_from(self, template, odd):
        lists = sum(
            len(one.sqref.ranges)
            for sheet in template
            for one in sheet.data_validations.dataValidation
            if one.type == "list"
        )
        assert lists > 40

    def it_has_a_title_above_each_printed_page(self, template):
        sheet = template["Ekonomi"]
        assert sheet.oddHeader.left.text.startswith("Mål && medel och mer")
        assert sheet.oddHeader.right.text == "Stockholms län"

    def it_cuts_what_excel_shows_at_a_cell(self, template):
        rules = [one for sheet in template for one in sheet.data_validations.dataValidation]
        assert {one.errorTitle for one in rules} == {"Kontrollera det som står i den…"}
        assert max(len(one.error or "") for one in rules) <= 255


class DescribeATextInAFormula:
    @pytest.mark.parametrize("text", ["", '"', 'a"b', "x" * 255, "y" * 700, '"' * 300])
    def it_is_what_it_was(self, text):
        written = formula_text(text).strip("()")
        pieces = re.findall(r'"((?:[^"]|"")*)"', written)
        assert "".join(pieces).replace('""', '"') == text
        assert all(len(one.replace('""', '"')) <= 255 for one in pieces)

    def it_is_looked_for_as_it_stands(self):
        assert criterion("a*b?c~d") == "a~*b~?c~~d"
