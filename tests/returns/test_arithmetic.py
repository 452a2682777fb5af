"""One row's computed fields."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.returns.made import submission_of
from toolkit.returns.arithmetic import (
    Arithmetic,
    Reckoned,
    Sums,
    compute_row,
    reckon_row,
    unknown_fields,
)
from toolkit.returns.submission import Missing
from toolkit.spec.fields import Computed, Field
from toolkit.spec.model import TableSpec

SALDO = TableSpec(
    id="saldo",
    label="Saldo",
    fields=(
        Field(id="in", label="In", type="amount"),
        Field(id="ut", label="Ut", type="amount"),
        Field(id="kvar", label="Kvar", type="amount", computed=Computed(plus=("in",), minus=("ut",))),
        Field(id="dubbelt", label="Dubbelt", type="amount", computed=Computed(plus=("kvar", "kvar"))),
    ),
)  # fmt: skip


def nothing(table: str, field: str) -> tuple[object, ...]:
    return ()


NO_SUMS = Sums({}, nothing)
AMNE = Field(id="amne", label="Ämne", type="code", list="amnen")
KURSER = TableSpec(
    id="kurser",
    label="Kurser",
    fields=(
        AMNE,
        Field(id="bada", label="Båda", type="integer", computed=Computed(plus=("kvinnor", "man"))),
        Field(id="kvinnor", label="Kvinnor", type="integer"),
        Field(id="man", label="Män", type="integer"),
    ),
)
# Each is reckoned from one that stands further down, the last of the other table's own sum.
FASTA = TableSpec(
    id="fasta",
    label="Fasta",
    kind="fixed",
    rows_from="amnen",
    fields=(
        AMNE,
        Field(id="antal", label="Antal", type="integer"),
        Field(id="tredubbelt", label="Tredubbelt", type="integer", computed=Computed(plus=("dubbelt", "antal"))),
        Field(id="dubbelt", label="Dubbelt", type="integer", computed=Computed(plus=("antal", "kursd"))),
        Field(id="kursd", label="Deltagare", type="integer", computed=Computed(sum_of="kurser.bada", where={"amne": "amne"})),
    ),
)  # fmt: skip
DOWNWARDS = {"kurser": KURSER, "fasta": FASTA}
COURSES = {
    "amne": ("JUR", "SOC", "JUR"),
    "kvinnor": (30, 2, 6),
    "man": (4, Missing.UNKNOWN, Missing.BLANK),
}


def downwards(amne: str) -> dict[str, Reckoned]:
    """The computed fields of a row of FASTA, with nothing that a file has stored of them."""
    sums = Sums(DOWNWARDS, lambda table, field: COURSES[field])
    return reckon_row(FASTA, {"amne": amne, "antal": 5}, sums)


class DescribeTheOrder:
    def it_is_that_of_dependence_wherever_the_fields_stand(self):
        assert downwards("JUR") == {
            "kursd": Reckoned(Decimal(40)),
            "dubbelt": Reckoned(Decimal(45)),
            "tredubbelt": Reckoned(Decimal(50)),
        }

    def it_carries_on_what_is_not_known(self):
        assert downwards("SOC") == {
            "kursd": Reckoned(Decimal(2), is_known=False),
            "dubbelt": Reckoned(Decimal(7), is_known=False),
            "tredubbelt": Reckoned(Decimal(12), is_known=False),
        }


class DescribeComputingARow:
    def it_adds_and_subtracts_exactly(self):
        row = {"in": Decimal("0.30"), "ut": Decimal("0.10")}
        assert compute_row(SALDO, row, NO_SUMS)["kvar"] == Decimal("0.20")

    def it_lets_one_computed_field_build_on_another(self):
        assert compute_row(SALDO, {"in": Decimal(5)}, NO_SUMS)["dubbelt"] == 10

    @pytest.mark.parametrize("value", [Missing.BLANK, Missing.UNKNOWN, "text", True])
    def it_counts_what_is_no_number_as_nothing(self, value):
        assert compute_row(SALDO, {"in": value}, NO_SUMS)["kvar"] == 0

    def it_sums_the_rows_of_another_table_that_belong_to_the_row(self, year):
        spend = [
            {"verksamhetskod": "PM", "utfall": Decimal("1.25")},
            {"verksamhetskod": "PM", "utfall": Decimal("2.50")},
            {"verksamhetskod": "VK", "utfall": Decimal(99)},
            {"verksamhetskod": "PM", "utfall": Missing.UNREADABLE},
        ]
        found = submission_of(
            year.spec, ekonomi=spend, huvudbok=[{"verksamhetskod": "PM", "huvudbok": Decimal(3)}]
        )
        (row,) = found.records("huvudbok")
        assert Arithmetic(year.spec, found)(row)["ekonomi"] == Decimal("3.75")

    @pytest.mark.parametrize(
        ("row", "unknown"),
        [
            ({"in": Decimal(5), "ut": Decimal(2)}, set()),
            ({"in": Missing.UNKNOWN, "ut": Decimal(2)}, {"kvar", "dubbelt"}),
            ({"in": Decimal(5), "ut": Missing.UNREADABLE}, {"kvar", "dubbelt"}),
            ({"in": Missing.BLANK, "ut": Missing.NOT_APPLICABLE}, set()),
            ({"in": Decimal(5), "ut": Decimal(2), "kvar": Missing.UNREADABLE}, set()),
        ],
    )
    def it_knows_no_sum_of_what_is_not_known(self, row, unknown):
        assert unknown_fields(SALDO, row, NO_SUMS) == unknown

    def it_knows_no_sum_of_rows_of_which_one_is_not_known(self, year):
        spend = [
            {"verksamhetskod": "PM", "utfall": Decimal("1.25")},
            {"verksamhetskod": "PM", "utfall": Missing.UNKNOWN},
            {"verksamhetskod": "HR", "utfall": Decimal(99)},
        ]
        given = [{"verksamhetskod": code, "huvudbok": Decimal(3)} for code in ("PM", "HR")]
        found = submission_of(year.spec, ekonomi=spend, huvudbok=given)
        arithmetic = Arithmetic(year.spec, found)
        first, other = found.records("huvudbok")
        assert arithmetic.unknown(first) == {"ekonomi", "differens"}
        assert arithmetic.unknown(other) == set()

    def it_sums_nothing_when_the_other_table_is_not_in_the_file(self, year):
        found = submission_of(year.spec, huvudbok=[{"verksamhetskod": "PM"}])
        assert Arithmetic(year.spec, found)(found.records("huvudbok")[0])["ekonomi"] == 0


class DescribeASumOverAComputedFieldOfItsOwnTable:
    FIELDS = (
        AMNE,
        Field(id="antal", label="Antal", type="integer"),
        Field(id="av_amnet", label="Av ämnet", type="integer",
              computed=Computed(sum_of="rader.bada", where={"amne": "amne"})),
        Field(id="bada", label="Båda", type="integer", computed=Computed(plus=("antal", "fler"))),
        Field(id="fler", label="Fler", type="integer"),
    )  # fmt: skip
    ROWS = (("A", 1, 2), ("B", 5, 0), ("A", 10, Missing.UNKNOWN))

    @pytest.mark.parametrize("turned", [False, True])
    def it_is_reckoned_whatever_their_order(self, turned):
        fields = (AMNE, *reversed(self.FIELDS[1:])) if turned else self.FIELDS
        table = TableSpec(id="rader", label="Rader", fields=fields)
        columns = dict(zip(("amne", "antal", "fler"), zip(*self.ROWS, strict=True), strict=True))
        sums = Sums({"rader": table}, lambda _, field: columns[field])
        found = [reckon_row(table, dict(zip(columns, row, strict=True)), sums) for row in self.ROWS]
        assert [int(row["bada"].amount) for row in found] == [3, 5, 10]
        assert [int(row["av_amnet"].amount) for row in found] == [13, 5, 13]
        assert [row["av_amnet"].is_known for row in found] == [False, True, False]
