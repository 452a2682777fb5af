"""A fault of ours while one file is judged: the county is known, and has nothing to do."""

from __future__ import annotations

import pytest

from toolkit.checks import file as judging
from toolkit.files.zip import write_package
from toolkit.read import origin, origin_of
from toolkit.read.origin import UNKNOWN

SECRET = "811228-9874"


def fail(*_):
    raise KeyError(SECRET)


@pytest.fixture
def sent(rows, small_workbook):
    return small_workbook(rows)


class DescribeAFileThatOurCodeFailsOn:
    @pytest.mark.parametrize("step", ["check_submission", "interpret", "without_numbers"])
    def it_gives_one_note_that_knows_its_county_and_year(self, sent, look, monkeypatch, step):
        monkeypatch.setattr(judging, step, fail)
        found = look(sent, "Skåne.xlsx")
        (told,) = found.findings
        assert (told.code, told.county, told.file) == ("FIL-VERKTYG", "12", "Skåne.xlsx")
        assert not told.blocks
        assert (found.submission, found.year, found.fault.kind) == (None, 2020, "KeyError")
        assert len(found.sha256) == 64

    def it_says_nothing_of_what_the_exception_said(self, sent, look, monkeypatch):
        monkeypatch.setattr(judging, "check_submission", fail)
        assert SECRET not in repr(look(sent))

    def it_takes_the_hidden_sheet_alone_where_the_rest_cannot_be_read(
        self, sent, look, monkeypatch
    ):
        monkeypatch.setattr(judging, "read_raw", fail)
        monkeypatch.setattr(origin, "read_raw", fail)
        assert look(sent).findings[0].county == "12"

    def it_takes_the_form_where_there_is_no_hidden_sheet(self, sent, look, edited, monkeypatch):
        bare = edited(sent, lambda book: book.remove(book["_lansrapport"]))
        monkeypatch.setattr(judging, "check_submission", fail)
        assert look(bare).findings[0].county == "12"

    def it_leaves_the_limit_on_memory_alone(self, sent, look, monkeypatch):
        def full(*_):
            raise MemoryError

        monkeypatch.setattr(judging, "check_submission", full)
        with pytest.raises(MemoryError):
            look(sent)


class DescribeWhoseAFileIs:
    @pytest.mark.parametrize(
        "data",
        [b"", b"inte en arbetsbok", b"PK\x03\x04 trasig", write_package([("a.xml", b"<a/>")])],
    )
    def it_is_unknown_of_what_cannot_be_read(self, year, data):
        assert origin_of(data, {2020: year}) == UNKNOWN

    def it_is_unknown_where_the_year_is(self, sent, year, edited):
        def other(book):
            book["_lansrapport"]["B1"] = "1999"

        assert origin_of(edited(sent, other), {2020: year}) == UNKNOWN
