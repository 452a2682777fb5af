"""Files in a year's templates that nothing reads."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.spec.advice import advice
from toolkit.spec.load import load_year
from toolkit.year.unread import unread_files

UNREAD = {
    "report/04-iakttagelser.md": " Menade ni ”report/04-iakttagelser.md.j2”?",
    "report/04-iakttagelser.j2": " Menade ni ”report/04-iakttagelser.md.j2”?",
    "report/bild.png": "",
    "report/utkast/01-x.md.j2": " Menade ni ”report/01-x.md.j2”?",
    "texter/raport.yaml": " Menade ni ”texter/rapport.yaml”?",
    "meddelande.yaml": " Menade ni ”meddelanden.yaml”?",
    "rapport.dotx": " Menade ni ”rapport.docx”?",
    "läs mig.txt": "",
}
LEFT_ASIDE = ["~$rapport.docx", ".DS_Store", "report/Thumbs.db", "texter/.rapport.yaml.swp"]


class DescribeAFileThatNothingReads:
    @pytest.mark.parametrize("name", UNREAD)
    def it_is_told_with_the_name_that_was_meant(self, templates, name):
        path = templates / "2020" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
        told = advice("fil_olast", wrong=False, fil=f"templates/2020/{name}", menade=UNREAD[name])
        assert list(unread_files(load_year(templates, 2020))) == [told]
        assert list(unread_files(load_year(templates, 2021))) == []

    @pytest.mark.parametrize("name", LEFT_ASIDE)
    def it_is_not_told_of_what_programs_leave_behind(self, templates, name):
        (templates / "2020" / name).write_text("x", encoding="utf-8")
        assert list(unread_files(load_year(templates, 2020))) == []

    def it_is_read_where_a_chapter_takes_it_in(self, templates):
        folder = templates / "2020/report"
        (folder / "delat.txt").write_text("x", encoding="utf-8")
        (folder / "07-nytt.md.j2").write_text("{% include 'delat.txt' %}", encoding="utf-8")
        assert list(unread_files(load_year(templates, 2020))) == []

    @pytest.mark.parametrize(
        ("templates", "year"),
        [(ROOT / "templates", 2020), (ROOT / "templates", 2021), (ROOT / "tests/collections/kommuner/templates", 2022)],
    )  # fmt: skip
    def it_is_not_among_what_is_shipped(self, templates, year):
        shipped = load_year(templates, year)
        assert list(unread_files(shipped)) == []
