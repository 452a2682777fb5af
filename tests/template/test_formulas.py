"""One formula's text, and one table's place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from toolkit.spec.fields import Computed, Field
from toolkit.spec.model import SheetSpec, Spec, TableSpec
from toolkit.spec.rules import EmptyWhenRule, OneOfRule, OrderRule, RequiredWhenRule
from toolkit.template.celltests import tests_of
from toolkit.template.cellvalues import bounds
from toolkit.template.formulas import computed_formula, number_test
from toolkit.template.layout import place_tables
from toolkit.template.rowstatus import form_status
from toolkit.template.tested import Cells
from toolkit.template.values import as_typed

SPEND = TableSpec(
    id="utgifter",
    label="Utgifter",
    capacity=10,
    fields=(
        Field(id="kod", label="Kod", type="text"),
        Field(id="belopp", label="Belopp", type="amount", minimum=0),
        Field(id="start", label="Start", type="date"),
        Field(id="slut", label="Slut", type="date"),
    ),
    rules=(
        RequiredWhenRule(kind="required_when", field="kod", when={"belopp": (">0",)}, code="A"),
        EmptyWhenRule(kind="empty_when", field="belopp", when={"kod": ("-",)}, code="B"),
        OrderRule(kind="order", first="start", then="slut", code="C"),
        OneOfRule(kind="one_of", among=("kod", "belopp"), code="D"),
    ),
)
SUMS = TableSpec(
    id="summor",
    label="Summor",
    capacity=5,
    fields=(
        Field(id="kod", label="Kod", type="text"),
        Field(id="utfall", label="Utfall", type="amount",
              computed=Computed(sum_of="utgifter.belopp", where={"kod": "kod"})),
        Field(id="kvar", label="Kvar", type="amount",
              computed=Computed(plus=("utfall",), minus=("utfall",))),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def spec(year) -> Spec:
    sheets = (
        SheetSpec(id="a", label="Utgifter", tables=(SPEND,)),
        SheetSpec(id="b", label="Mina summor", tables=(SUMS,)),
    )
    return Spec.model_construct(**{**dict(year.spec), "sheets": sheets})


@pytest.fixture(scope="module")
def places(spec):
    return place_tables(spec)


class DescribeAPlace:
    def it_has_keys_title_intro_example_and_headings_above_the_rows(self, places):
        place = places["utgifter"]
        assert (place.key_row, place.example_row, place.header_row, place.first_row, place.last_row) == (
            1, 4, 5, 6, 15)  # fmt: skip

    def it_names_its_cells_with_their_sheet(self, places):
        assert places["utgifter"].area("belopp") == "Utgifter!$C$6:$C$15"
        assert places["summor"].area("kod") == "'Mina summor'!$B$6:$B$10"
        assert places["utgifter"].last_column == 5


class DescribeAComputedField:
    def it_sums_all_rows_where_nothing_is_said_of_which(self, places):
        every = Field(
            id="allt", label="Allt", type="amount", computed=Computed(sum_of="utgifter.belopp")
        )
        assert computed_formula(places, places["summor"], every, 7) == "=SUM(Utgifter!$C$6:$C$15)"

    def it_adds_and_subtracts_what_is_a_number(self, places):
        place = places["summor"]
        formula = computed_formula(places, place, SUMS.by_id["kvar"], 7)
        assert formula == "=N($C7)-N($C7)"

    def it_sums_rows_whose_code_stands_alone_or_with_its_label_and_its_label_alone(self, places):
        place = places["summor"]
        code = 'LEFT($B7,FIND(" – ",$B7&" – ")-1)'
        area, codes = "Utgifter!$C$6:$C$15", "Utgifter!$B$6:$B$15"
        assert computed_formula(places, place, SUMS.by_id["utfall"], 7) == (
            f'=SUMIFS({area},{codes},{code})+SUMIFS({area},{codes},{code}&" *")'
            f'+SUMIFS({area},{codes},IFERROR(MID($B7,FIND(" – ",$B7)+3,255),CHAR(1)))'
        )


class DescribeACellsTests:
    def of(self, spec, places, name, kind):
        cells = Cells(places["utgifter"], 6)
        found = tests_of(spec, places, cells)
        return [test.formula for test in found if (test.field.id, test.kind) == (name, kind)]

    def it_asks_for_what_another_answer_requires(self, spec, places):
        blank, one_of = self.of(spec, places, "kod", "missing")
        assert blank.startswith("(LEN(TRIM($B6))=0)*(IFERROR(IF(ISNUMBER($C6)")
        used = "IFERROR(LEN($B6)+LEN($C6)+LEN($D6)+LEN($E6)>0,TRUE)"
        assert one_of == f"(LEN(TRIM($B6))+LEN(TRIM($C6))=0)*{used}"

    def it_finds_a_day_before_another(self, spec, places):
        (formula,) = [one for one in self.of(spec, places, "slut", "wrong") if "<IF" in one]
        assert formula.startswith("IFERROR((LEN(TRIM($D6))>0)*(LEN(TRIM($E6))>0)*ISNUMBER(")

    def it_says_one_thing_only_of_a_text_that_is_no_answer(self, year):
        places = place_tables(year.spec)
        found = tests_of(year.spec, places, Cells(places["mal"], 6))
        text = next(one for one in found if one.field.type == "text" and one.kind == "question")
        assert not text.field.specials
        wrong = next(one for one in found if one.field is text.field and one.kind == "wrong")
        is_special = f'ISNUMBER(SEARCH("|"&TRIM({text.formula.partition("TRIM(")[2].partition(")")[0]})&"|",sarskilda_svar))'
        assert is_special in wrong.formula
        assert f"*(1-{is_special})*" in text.formula

    def it_never_uses_and_or_and_not(self, spec, places):
        texts = [test.formula for test in tests_of(spec, places, Cells(places["utgifter"]))]
        assert not [
            text for text in texts if "AND(" in text or "OR(" in text.replace("IFERROR(", "")
        ]


class DescribeANumbersTest:
    @pytest.mark.parametrize(
        ("field", "text"),
        [
            (Field(id="a", label="A", type="number"), "AND(ISNUMBER(B6))"),
            (Field(id="a", label="A", type="integer", minimum=0),
             "AND(ISNUMBER(B6),MOD(N(B6),1)=0,B6>=0)"),
            (Field(id="a", label="A", type="share", minimum=0, maximum=100, specials=True),
             'OR(AND(ISNUMBER(B6),B6>=0,B6<=100),LOWER(B6)="u.s.",LOWER(B6)="e.t.")'),
        ],
    )  # fmt: skip
    def it_holds_its_bounds_and_special_answers(self, spec, field, text):
        assert number_test(spec, field, "B6") == text

    def it_writes_a_day_as_a_formula_does(self):
        field = Field(id="a", label="A", type="date", minimum=20200101)
        assert bounds(field) == ("DATE(2020,1,1)", None)


class DescribeAFormsLine:
    def it_says_done_when_nothing_is_lacking(self, year, places, spec):
        tests = tests_of(spec, places, Cells(places["utgifter"], 6))
        formula = form_status(year.texts("mall"), tests, "start", "$C7")
        assert formula.endswith('IF(IFERROR(LEN($C7)>0,TRUE),"Klar",""))') and formula.startswith(
            "=IF(IFERROR("
        )


class DescribeAnExample:
    @pytest.mark.parametrize(
        ("type_", "written", "typed"),
        [("amount", "12.50", Decimal("12.50")), ("amount", "12,50", "12,50"), ("text", "12", "12")],
    )
    def it_is_held_as_the_program_holds_what_is_typed(self, type_, written, typed):
        assert as_typed(Field(id="a", label="A", type=type_, example=written)) == typed
