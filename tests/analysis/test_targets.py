"""Whether a target is reached. Every expected answer is written out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import money_of
from tests.datasets import mapping_of, with_tables
from toolkit.analysis.targets import reaches, targets_of
from toolkit.report import write_report
from toolkit.report.blocks import Paragraph
from toolkit.report.facts import Facts
from toolkit.report.progress import progress
from toolkit.returns.submission import Missing


@pytest.fixture(scope="module")
def of(example):
    """The example with these rows of indicator 17 (reported crimes) alone: county, before, value and target."""

    def made(*rows):
        first = next(row for row in example.rows("indikatorer") if row["indikator"] == "1")
        own = [
            mapping_of(example, "indikatorer", first)
            | {"lan": county, "lansnamn": county, "rad": line, "id": f"I{line}", "indikator": "17", "kon": "T", "alder": "A",
               "foregaende": before, "varde": value, "malvarde": target}
            for line, (county, before, value, target) in enumerate(rows, 6)
        ]  # fmt: skip
        return with_tables(example, indikatorer=own)

    return made


def number(value):
    return Missing.UNKNOWN if value is None else Decimal(value)


class DescribeATarget:
    @pytest.mark.parametrize(
        ("before", "value", "target", "told"),
        [
            (200, 120, 50, False),  # to go down, and has not come so far
            (200, 40, 50, True),
            (200, 50, 50, True),
            (10, 120, 50, True),  # to go up
            (10, 40, 50, False),
            (None, 120, 50, None),  # nothing tells which
            (None, 40, 50, None),
            (None, 50, 50, True),  # reached, whichever it is
            (50, 60, 50, None),  # it was there the year before
            (50, 50, 50, True),
        ],
    )
    def it_is_reached_in_the_direction_that_the_year_before_tells(
        self, before, value, target, told
    ):
        assert reaches(number(before), Decimal(value), Decimal(target)) is told

    def it_is_not_told_by_a_year_that_counted_otherwise(self, of):
        values = of(("01", Decimal(200), Decimal(40), Decimal(50))).indicators
        assert targets_of(values, ()) == (1, 1, 1)
        assert targets_of(values, {"17"}) == (1, 0, 0)


class DescribeWhatTheReportSaysOfTargets:
    def it_says_that_a_higher_number_than_a_low_target_is_not_reached(self, of):
        """Stockholm is to go from 200 to 50 and is at 120; Uppsala from 100 to 60 and is at 40; Skåne from 10 to 20 and is
        at 25; of Halland nothing tells."""
        data = of(
            ("01", Decimal(200), Decimal(120), Decimal(50)),
            ("03", Decimal(100), Decimal(40), Decimal(60)),
            ("12", Decimal(10), Decimal(25), Decimal(20)),
            ("13", Missing.UNKNOWN, Decimal(25), Decimal(20)),
        )
        facts = Facts(money_of(data), data.year.texts("rapport"))
        assert facts.targets == (4, 3, 2)
        (found,) = progress(facts)
        assert (set(found.nadde), set(found.nadde.base)) == ({"03", "12"}, {"01", "03", "12"})

    def it_says_of_how_many_it_is_known(self, of):
        data = of(
            ("01", Decimal(200), Decimal(120), Decimal(50)),
            ("03", Decimal(100), Decimal(40), Decimal(60)),
            ("13", Missing.UNKNOWN, Decimal(25), Decimal(20)),
        )
        said = " ".join(
            "".join(run.text for run in block.runs if hasattr(run, "text"))
            for block in write_report(money_of(data)).blocks
            if isinstance(block, Paragraph)
        )
        assert (
            "För två av dem framgår det av värdet året före om det ska bli högre eller lägre, och ett av dessa är nått."
            in said.replace("\u00a0", " ")
        )
        assert "Mindre än hälften av de målvärden" not in said

    def it_adds_up_the_rows_of_a_county_that_have_a_year_before(self, of):
        """Two rows: 30 + 10 the year before, 12 + 4 now, 20 in all as the target: reached. Where one has no year before,
        nothing tells."""
        known = of(
            ("01", Decimal(30), Decimal(12), Decimal(15)),
            ("01", Decimal(10), Decimal(4), Decimal(5)),
        )
        half = of(
            ("01", Decimal(30), Decimal(12), Decimal(15)),
            ("01", Missing.UNKNOWN, Decimal(4), Decimal(5)),
        )
        (found,) = progress(Facts(money_of(known), known.year.texts("rapport")))
        assert set(found.nadde) == {"01"}
        assert progress(Facts(money_of(half), half.year.texts("rapport"))) == []
