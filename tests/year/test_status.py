"""Who has sent what, what is to be done, and the letters that follow from it."""

from __future__ import annotations

import email
import email.policy
import io
import json
import os
import shutil
import time
from datetime import date

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.cli.collecting import remind, status
from toolkit.files.errors import CannotBeDone
from toolkit.files.regular import NotRead
from toolkit.spec.load import load_year
from toolkit.staff.registers import read_arrivals, read_written
from toolkit.year.inputs import Inputs
from toolkit.year.status import year_status
from toolkit.year.workspace import Workspace

DECIDED = """
based_on: 2020
changes:
  - set: spec
    to:
      year: 2021
      version: "2021.1"
      insamling: {provomgang: 2022-01-20, sista_dag: 2022-03-01, rattas_till: 2022-05-15, skickas_till: r@m.se, kontakt: Eva}
  - set: uppgifter.ar
    to: {minimum: 2021, maximum: 2021}
"""
SKANE, BLEKINGE, GOTLAND, KRONOBERG = "12", "10", "09", "07"
SOME = [SKANE, BLEKINGE, GOTLAND, KRONOBERG, "01"]


@pytest.fixture
def root(tmp_path):
    """2020 with Skåne (clean), Blekinge (an error) and Kronoberg (a question) of the example."""
    shutil.copytree(ROOT / "templates/2020", tmp_path / "templates/2020")
    sent = tmp_path / "inputs/2020/submissions"
    sent.mkdir(parents=True)
    for name in ("Skåne", "Blekinge", "Gotland", "Kronoberg"):
        shutil.copy(ROOT / f"inputs/2020/submissions/Redovisning {name} 2020.xlsx", sent)
    for number, path in enumerate(sorted(sent.iterdir()), 1):
        os.utime(path, (time.mktime((2021, 2, number, 12, 0, 0, 0, 0, -1)),) * 2)
    return tmp_path


def objects(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def letter(root, name):
    data = (root / f"outputs/2020/paminnelser/{name}.eml").read_bytes()
    return email.message_from_bytes(data, policy=email.policy.default)


@pytest.mark.whole
class DescribeStatus:
    def it_has_what_needs_doing_first_and_knows_nothing_to_report_from_nothing_sent(
        self, root, capsys
    ):
        assert status(2020, as_json=True, day="2021-02-20", root=root) == 1
        found = {one["county"]: one for one in objects(capsys)}
        order = [one["todo"] for one in found.values()]
        assert order == ["ratta", *["paminn"] * 17, "svara", *["inget"] * 2]
        assert [found[code]["state"] for code in (BLEKINGE, "01", KRONOBERG, GOTLAND, SKANE)] == [
            "errors", "missing", "questions", "nil", "clean",
        ]  # fmt: skip
        assert found[SKANE] == {
            "county": "12", "name": "Skåne", "todo": "inget", "state": "clean", "errors": 0, "questions": 0,
            "earmark": "sarredovisat", "round": 1, "file": "Redovisning Skåne 2020.xlsx", "others": [],
            "arrived": "2021-02-04", "last_day": None, "days_left": None, "written_to": [],
        }  # fmt: skip
        assert (found[BLEKINGE]["errors"], found[KRONOBERG]["questions"]) == (10, 4)
        assert (found["01"]["round"], found["01"]["arrived"], found["01"]["file"]) == (
            None,
            None,
            None,
        )

    def it_keeps_the_day_on_which_a_file_was_first_seen_as_an_input(self, root, capsys):
        status(2020, root=root)
        register = root / "inputs/2020/inkommet.csv"
        known = read_arrivals(register.read_bytes(), "")
        assert [(one.file, one.day) for one in known][3] == (
            "Redovisning Skåne 2020.xlsx",
            date(2021, 2, 4),
        )
        kept = register.read_text("utf-8-sig").replace("2021-02-04", "2021-01-29")
        register.write_text(kept, "utf-8-sig")
        for path in (root / "inputs/2020/submissions").iterdir():
            path.touch()  # as a copy to another folder does
        capsys.readouterr()
        status(2020, as_json=True, root=root)
        found = {one["county"]: one for one in objects(capsys)}
        assert (found[SKANE]["arrived"], found[BLEKINGE]["arrived"]) == ("2021-01-29", "2021-02-01")

    def it_says_where_a_register_cannot_be_read(self, root):
        register = root / "inputs/2020/inkommet.csv"
        register.write_text("fil;avtryck;inkom\na;b;i går\n", "utf-8")
        with pytest.raises(CannotBeDone) as stopped:
            status(2020, root=root)
        assert stopped.value.values == {
            "file": "inputs/2020/inkommet.csv",
            "line": 2,
            "value": "i går",
        }
        register.write_text("fil,avtryck,inkom\n", "utf-8")
        with pytest.raises(CannotBeDone) as stopped:
            status(2020, root=root)
        assert stopped.value.values == {"file": "inputs/2020/inkommet.csv", "column": "fil"}

    def it_writes_the_same_workbook_every_time(self, root, capsys):
        path = root / "outputs/2020/internt/status.xlsx"
        status(2020, root=root)
        first = path.read_bytes()
        path.unlink()
        status(2020, root=root)
        assert path.read_bytes() == first
        sheet = openpyxl.load_workbook(io.BytesIO(first))["Läget"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        assert rows[0] == [
            "Kod", "Län", "Att göra", "Läge", "Fel", "Öppna frågor", "Särredovisning", "Omgång", "Inkom",
            "Godkännande", "Dagar till sista dagen", "Senaste brev", "Antal brev", "Fil som gäller", "Tidigare filer",
        ]  # fmt: skip
        blekinge = rows[1][:6]
        assert blekinge == [
            "10",
            "Blekinge",
            "Skicka tillbaka den markerade filen för rättning",
            "Fel kvar",
            10,
            0,
        ]
        states = {row[1]: row[3] for row in rows[1:]}
        assert (states["Gotland"], states["Stockholm"]) == ("Inget att redovisa", "Inte inkommen")

    def it_lets_excel_count_the_days_whatever_day_is_given(self, root, capsys):
        shutil.copytree(ROOT / "templates/2021", root / "templates/2021")
        (root / "templates/2021/arbetsbok.yaml").write_text(DECIDED, "utf-8")
        path = root / "outputs/2021/internt/status.xlsx"

        def days():
            sheet = openpyxl.load_workbook(path)["Läget"]
            return sheet["K5"].value

        status(2021, root=root)
        assert days() == "=DATE(2022,3,1)-TODAY()"
        capsys.readouterr()
        status(2021, day="2022-02-20", root=root)
        assert days() == "=DATE(2022,3,1)-TODAY()"
        assert "Sista dag är den 1 mars 2022, om 9 dagar." in capsys.readouterr().out

    def it_names_the_files_that_count_for_nobody(self, root, capsys):
        (root / "inputs/2020/submissions/trasig.xlsx").write_bytes(b"inte en arbetsbok")
        assert status(2020, as_json=True, root=root) == 1
        assert objects(capsys)[-1] == {
            "file": "trasig.xlsx", "county": None, "todo": None, "why": "Filen är i ett format som inte läses",
        }  # fmt: skip
        sheet = openpyxl.load_workbook(root / "outputs/2020/internt/status.xlsx")["Andra filer"]
        assert sheet["A5"].value == "trasig.xlsx"


@pytest.mark.whole
class DescribeReminding:
    @pytest.fixture
    def done(self, root, capsys):
        assert remind(2020, county=SOME, day="2021-02-20", as_json=True, root=root) == 0
        return {one["county"]: one for one in objects(capsys)}

    def it_writes_to_those_who_have_something_left_to_do_and_nobody_else(self, root, done):
        told = {code: one["about"] for code, one in done.items()}
        assert told == {BLEKINGE: "ratta", "01": "paminn", KRONOBERG: "svara"}
        made = sorted(path.name for path in (root / "outputs/2020/paminnelser").iterdir())
        assert made == ["01-Stockholm.eml", "07-Kronoberg.eml", "10-Blekinge.eml"]

    def it_sends_the_marked_file_and_what_is_said_of_it_to_the_countys_own_contact(
        self, root, done
    ):
        sent = letter(root, "10-Blekinge")
        assert (sent["X-Unsent"], sent["To"]) == ("1", "eva.berg@exempel.se")
        assert sent["Subject"] == "Redovisningen för 2020 behöver rättas"
        part = next(sent.iter_attachments())
        assert part.get_filename() == "10-Blekinge.xlsx"
        assert part.get_content() == (root / "outputs/2020/returns/10-Blekinge.xlsx").read_bytes()
        text = sent.get_body().get_content().replace("\r\n", "\n")
        assert text.startswith(
            "Till Länsstyrelsen i Blekinge län\n\nHej!\n\nTack för redovisningen. Den behöver rättas"
        )
        assert (root / "outputs/2020/returns/10-Blekinge.txt").read_text(
            "utf-8-sig"
        ).strip() in text

    def it_sends_the_years_workbook_to_those_who_have_not_sent(self, root, done):
        sent = letter(root, "01-Stockholm")
        assert (sent["To"], sent["Subject"]) == (None, "Påminnelse: redovisningen för 2020")
        assert next(sent.iter_attachments()).get_filename() == "01-Stockholm.xlsx"
        assert "Vi har inte fått er redovisning för 2020." in sent.get_body().get_content()

    def it_leaves_a_workbook_that_has_been_made_already(self, root, capsys):
        made = root / "outputs/2020/templates/01-Stockholm.xlsx"
        made.parent.mkdir(parents=True)
        made.write_bytes(b"ifylld i forvag")
        remind(2020, county=["01"], day="2021-02-20", root=root)
        assert (
            next(letter(root, "01-Stockholm").iter_attachments()).get_content()
            == b"ifylld i forvag"
        )

    def it_is_the_same_bytes_for_the_same_day_and_noted_once(self, root, done, capsys):
        folder = root / "outputs/2020/paminnelser"
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        shutil.rmtree(folder)
        remind(2020, county=SOME, day="2021-02-20", root=root)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
        noted = read_written((root / "inputs/2020/paminnelser.csv").read_bytes(), "")
        assert [one.county for one in noted] == [BLEKINGE, "01", KRONOBERG]
        assert {one.day for one in noted} == {date(2021, 2, 20)}
        remind(2020, county=[BLEKINGE], day="2021-02-27", root=root)
        assert [path.name for path in folder.iterdir()] == ["10-Blekinge.eml"]
        found = year_status(Inputs(Workspace(root, 2020))).counties
        days = {one.state.code: one.written_to for one in found}
        assert (days[BLEKINGE], days["01"]) == (
            (date(2021, 2, 20), date(2021, 2, 27)),
            (date(2021, 2, 20),),
        )

    def it_uses_the_agencys_addresses_first_and_only_what_is_an_address(self, root, capsys):
        (root / "inputs/2020/adresser.csv").write_bytes(
            "lan;namn;epost\r\n10;Blekinge;blekinge@länsstyrelsen.example\r\n1;Stockholm;inte en adress\r\n".encode(
                "cp1252"
            )
        )
        remind(2020, county=["10", "01"], day="2021-02-20", as_json=True, root=root)
        assert [one["to"] for one in objects(capsys)] == ["blekinge@länsstyrelsen.example", None]

    def it_takes_several_addresses_and_tells_what_is_none(self, root, capsys):
        (root / "inputs/2020/adresser.csv").write_bytes(
            b"lan;namn;epost\r\n10;Blekinge;Registrator <a@b.se>, c@d.se\r\n1;Stockholm;inte en adress\r\n99;Norge;e@f.se\r\n"
        )
        remind(2020, county=["10", "01"], day="2021-02-20", root=root)
        told = capsys.readouterr().out
        assert "  Blekinge: Redovisningen för 2020 behöver rättas (a@b.se, c@d.se)" in told
        assert "(”inte en adress” är ingen e-postadress)" in told
        assert "I inputs/2020/adresser.csv står koder som inte är någon av länens: 99." in told
        assert letter(root, "10-Blekinge")["To"] == "a@b.se, c@d.se"

    def it_says_so_where_nobody_has_anything_left_to_do(self, root, capsys):
        remind(2020, county=[SKANE], day="2021-02-20", root=root)
        assert "Ingen påminnelse behövs" in capsys.readouterr().out
        assert not (root / "inputs/2020/paminnelser.csv").exists()

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("08-Kalmar.xlsx", b""),
            ("Länsstyrelsen i Kalmar län.pdf", b"%PDF-1.7"),
            (".Kalmar 2020.xlsx", b"PK\x03\x04"),
        ],
    )
    def it_reminds_nobody_whose_file_lies_there_unread(self, root, capsys, name, data):
        (root / "inputs/2020/submissions" / name).write_bytes(data)
        remind(2020, county=["08", "01"], day="2021-02-20", root=root)
        told = " ".join(capsys.readouterr().out.split())
        assert f"Inget brev till Kalmar: filen {name} ligger bland redovisningarna" in told
        letters = [path.name for path in (root / "outputs/2020/paminnelser").iterdir()]
        assert letters == ["01-Stockholm.eml"]

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            ("2022-01-20", "Provomgången pågår till och med den 20 januari 2022. Då prövar ni att fylla i och skicka in. "
                           "Den slutliga redovisningen skickas in senast den 1 mars 2022."),
            ("2022-03-01", "Sista dag att lämna in är den 1 mars 2022."),
            ("2022-03-02", "Sista dag att lämna in var den 1 mars 2022. Rättningar tas emot till och med den 15 maj 2022."),
            ("2022-05-16", "Sista dag att lämna in var den 1 mars 2022. Skicka filen så snart ni kan."),
        ],
    )  # fmt: skip
    def it_says_where_in_the_collection_the_day_stands(self, root, day, said):
        from toolkit.report.reminder import phase

        (root / "templates/2021").mkdir()
        (root / "templates/2021/arbetsbok.yaml").write_text(DECIDED, "utf-8")
        year = load_year(root / "templates", 2021)
        assert phase(year.spec.insamling, date.fromisoformat(day), year.texts("paminnelse"))[
            0
        ].startswith(said)

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            ("2022-03-01", "Sista dag att lämna in är den 1 mars 2022."),
            ("2022-03-02", "Sista dag att lämna in var den 1 mars 2022. Skicka filen så snart ni kan, senast den 15 maj 2022. Efter "
                           "det ändras ingenting."),
            ("2022-05-16", "Sista dag att lämna in var den 1 mars 2022. Skicka filen så snart ni kan."),
        ],
    )  # fmt: skip
    def it_tells_one_who_has_sent_nothing_that_the_last_day_has_passed(self, root, day, said):
        from toolkit.report.reminder import phase

        (root / "templates/2021").mkdir()
        (root / "templates/2021/arbetsbok.yaml").write_text(DECIDED, "utf-8")
        year = load_year(root / "templates", 2021)
        on, texts = date.fromisoformat(day), year.texts("paminnelse")
        assert phase(year.spec.insamling, on, texts, has_come=False) == [said]

    def it_tells_nothing_that_no_file_shows(self, root):
        told = (root / "templates/2020/texter/paminnelse.yaml").read_text("utf-8")
        assert "rapporten är" not in told


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2022-02-27", "Sista dag är den 1 mars 2022, om 2 dagar."), ("2022-02-28", "Sista dag är i morgon, den 1 mars 2022."),
        ("2022-03-01", "Sista dag är i dag, den 1 mars 2022."), ("2022-03-02", "Sista dag var i går, den 1 mars 2022."),
        ("2022-03-03", "Sista dag var den 1 mars 2022, för 2 dagar sedan."),
    ],
)  # fmt: skip
def it_names_the_days_beside_today(today, said):
    from toolkit.cli.collecting import _told_of_days

    assert _told_of_days(date(2022, 3, 1), date.fromisoformat(today)) == said


class DescribeAFileThatOnlyWeCannotOpen:
    """On Windows Excel may hold it; here the system is made to say so."""

    @pytest.fixture
    def shut(self, root, monkeypatch):
        from toolkit.year import inputs

        path = root / "inputs/2020/submissions/08-Kalmar.xlsx"
        path.write_bytes(b"PK")
        read = inputs.read_regular
        monkeypatch.setattr(
            inputs, "read_regular", lambda one: NotRead.CLOSED if one == path else read(one)
        )
        return path

    def it_is_ours_to_close_and_no_one_is_asked(self, root, shut, capsys):
        assert status(2020, day="2021-02-20", root=root) == 1
        told = " ".join(capsys.readouterr().out.split())
        assert "Filer som inte kan öppnas här: 1. Felet är inte avsändarens." in told
        assert "08 Kalmar Kan inte öppnas här Stäng filen, kör igen" in told
        assert "Fråga avsändaren" not in told

    def it_gets_no_reminder(self, root, shut, capsys):
        remind(2020, county=["08"], day="2021-02-20", root=root)
        told = " ".join(capsys.readouterr().out.split())
        assert (
            "Inget brev till Kalmar: filen 08-Kalmar.xlsx ligger bland redovisningarna, men kan inte öppnas här."
            in told
        )
        assert not list((root / "outputs/2020/paminnelser").glob("*.eml"))
