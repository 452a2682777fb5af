"""What is not compared until something else is settled is announced in the first round, and comes in the next."""

# ruff: noqa: F811

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.year.test_sent_again import checked, send, sent_back, space  # noqa: F401

SAID = (
    "När det som är markerat är rättat och besvarat jämför vi också bladet Ekonomi med andra uppgifter. "
    "Då kan fler frågor komma."
)


@pytest.fixture
def unlike(rows):
    """A return whose ledger says something else than its lines."""
    rows["huvudbok"][4]["huvudbok"] = 99_000
    return rows


def codes(space):
    _, files = checked(space)
    return {finding.code for finding in files[0].found.findings}


def page(space):
    book = openpyxl.load_workbook(io.BytesIO(sent_back(space)["12-Skåne.xlsx"]))
    return book["Återkoppling"]["B4"].value or ""


class DescribeWhatWaits:
    def it_is_announced_while_an_error_stands_in_the_way(self, space, unlike, small_workbook):
        unlike["ekonomi"][0]["utfall"] = "ca 100"
        send(space, "a.xlsx", small_workbook(unlike))
        assert codes(space) == {"FALT-TAL"}
        assert page(space).endswith(SAID)
        assert "jämför vi" not in page(space).split(SAID)[0]
        assert SAID in space.letter("12-Skåne").read_text("utf-8-sig")

    def it_comes_when_the_error_is_gone_and_is_announced_no_more(
        self, space, unlike, small_workbook
    ):
        send(space, "a.xlsx", small_workbook(unlike))
        assert codes(space) == {"EKON-DIFFERENS"}
        assert "jämför vi" not in page(space)

    @pytest.mark.parametrize(
        ("table", "field"), [("mal", "lagesbild_id"), ("ekonomi", "aktivitet_id")]
    )
    def it_is_not_announced_of_an_error_that_nothing_waits_for(
        self, space, rows, small_workbook, table, field
    ):
        rows[table][0][field] = "X9"
        send(space, "a.xlsx", small_workbook(rows))
        assert "jämför vi" not in page(space)

    def it_is_said_in_a_fresh_copy_too(self, space, unlike, small_workbook, saved_by_sheetjs):
        unlike["ekonomi"][0]["utfall"] = "ca 100"
        send(space, "a.xls", saved_by_sheetjs(small_workbook(unlike), "xls"))
        assert page(space).endswith(SAID)
        assert SAID in space.letter("12-Skåne").read_text("utf-8-sig")
