"""A file with a sheet or two of the template, and without the one that says whose it is."""

from __future__ import annotations

import pytest

from tests.conftest import said


class DescribeSheetsAlone:
    @pytest.fixture
    def with_sheets(self, rows, small_workbook, edited, look):
        def read(*kept):
            def keep(book):
                for name in book.sheetnames:
                    if name not in kept:
                        del book[name]

            return look(edited(small_workbook(rows), keep))

        return read

    def it_says_which_sheets_are_missing_and_not_only_that_no_county_is_known(self, with_sheets):
        found = with_sheets("Ekonomi", "Mål")
        assert [code for code, _ in said(found)] == ["FIL-LAN", *["BLAD-SAKNAS"] * 5]
        assert found.findings[1].message.startswith("Bladet Uppgifter finns inte i filen.")
        assert found.submission is None

    def it_says_nothing_more_where_the_form_states_the_county(self, with_sheets):
        found = with_sheets(
            "Uppgifter", "Lägesbild", "Mål", "Aktiviteter", "Indikatorer", "Ekonomi", "Avstämning"
        )
        assert said(found) == []
        assert found.submission.county == "12"
