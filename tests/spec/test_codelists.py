"""One code list: what a county may write for a code."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.spec.edits import exchange, refusal
from toolkit.spec.answers import one_code
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.load import load_year

AREAS = CodeList(
    id="omrade",
    label="Område",
    also=("bokstav",),
    codes=(
        Code(code="PM", label="Prostitution och människohandel", attributes={"bokstav": "X"}),
        Code(code="VK", label="Våld i nära relationer", valid_to=2020),
        Code(code="01", label="Stockholm", valid_from=2021),
    ),
)


class DescribeFinding:
    @pytest.mark.parametrize(
        "written",
        ["PM", "pm", " PM ", "PM – Prostitution och människohandel", "PM - prostitution",
         "PM Prostitution och människohandel", "Prostitution och människohandel", "X",
         "PM: Prostitution och manniskohandel", "P\u00adM", "PM \u2014 Prostitution"],
    )  # fmt: skip
    def it_takes_code_label_or_both_however_written(self, written):
        assert one_code(AREAS, written) is AREAS.codes[0]

    @pytest.mark.parametrize("written", ["01", "1", "1 Stockholm", "01 – Stockholm"])
    def it_finds_a_number_that_excel_took_the_zero_of(self, written):
        assert one_code(AREAS, written) is AREAS.codes[2]

    @pytest.mark.parametrize("written", ["", "PMX", "PM – Stockholm", "PM Våld", "2", "0"])
    def it_finds_nothing_when_none_fits_or_code_and_label_are_two(self, written):
        assert one_code(AREAS, written) is None


class DescribeAYear:
    @pytest.mark.parametrize(
        ("year", "codes"), [(2020, ["PM", "VK"]), (2021, ["PM", "01"]), (1999, ["PM", "VK"])]
    )
    def it_has_the_codes_that_are_valid_both_years_included(self, year, codes):
        assert [code.code for code in AREAS.valid_in(year)] == codes


class DescribeACode:
    def it_is_shown_with_its_label_unless_they_are_the_same(self):
        assert Code.model_validate("PM Prostitution").shown == "PM – Prostitution"
        assert Code.model_validate("JA").shown == "JA"

    def it_stands_once_in_its_list(self):
        with pytest.raises(ValueError, match="koden ”A” står två gånger i listan ”x”"):
            CodeList(id="x", label="X", codes=("A", "A"))


class DescribeACodeThatIsReadAsASpecialAnswer:
    @pytest.mark.parametrize(
        ("code", "answer"),
        [("u.s.", "u.s."), ("e.t.", "e.t."), ("E.T.", "e.t."), ("US", "u.s."), ("et", "e.t.")],
    )
    def it_is_refused_in_any_list(self, templates, code, answer):
        line = exchange(templates, '- "P Profitörer"', f'- "{code} Profitörer"')
        told = f"Koden ”{code}” i listan ”perspektiv” läses i en cell som svaret {answer}. Ge den en annan kod."
        assert refusal(templates) == [f"templates/2020/arbetsbok.yaml, rad {line}: {told}"]


class DescribeTheFilesOfThoseWhoReport:
    def it_refuses_two_that_would_be_called_the_same(self, templates):
        old = '{code: "03", label: Uppsala län, attributes: {namn: Uppsala'
        new = '{code: "01-Stockholm", label: Uppsala län, attributes: {namn: "/"'
        line = exchange(templates, old, new)
        assert (
            f"templates/2020/arbetsbok.yaml, rad {line}: Filerna för ”01” och ”01-Stockholm” i listan ”lan” skulle "
            "heta likadant (01-Stockholm). Ändra en kod eller ett namn."
        ) in refusal(templates)


class DescribeCodesThatFollowEachOther:
    """A code has ended, and another is called what it was called."""

    @pytest.mark.parametrize(
        ("year", "code"), [(2020, "3"), (2023, "3"), (2024, "Å5"), (2026, "Å5")]
    )
    def it_is_the_valid_one_that_is_meant_by_the_name(self, year, code):
        codelist = load_year(ROOT / "templates", 2020).spec.lists["malsattning"].in_year(year)
        assert codelist.named("effektivare brottsbekämpning").code == code
        assert codelist.named("3 – Effektivare brottsbekämpning").code == "3"
