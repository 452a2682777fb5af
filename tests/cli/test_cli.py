"""The command line is a contract: names, places, exit codes, JSON; and never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.year.test_final import FILLED


def lansrapport(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolkit", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env=environment,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.fixture
def root(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    return tmp_path


def send(root, data, name="Fil från länet.xlsx"):
    path = root / "inputs/2020/submissions" / name
    path.write_bytes(data)
    return path


@pytest.mark.whole
class DescribeWhatLiesAmongTheSubmissions:
    @pytest.mark.parametrize("name", ["Skåne.csv", "Skåne.numbers", "Skåne"])
    def it_is_refused_by_name_when_it_is_no_workbook(self, root, name):
        send(root, b"a;b\n1;2\n", name)
        done = lansrapport("check", "inputs/2020/submissions", cwd=root)
        assert done.returncode == 1
        assert f"Filen {name} är inte sparad som en arbetsbok" in done.stdout

    def it_is_read_without_an_ending_and_as_a_template(self, root, rows, workbook):
        send(root, workbook(rows), "Skåne")
        send(root, workbook(rows, "10"), "Blekinge.xltx")
        done = lansrapport("merge", "2020", cwd=root)
        assert "19 län har inte skickat in" in done.stdout

    @pytest.mark.parametrize("name", ["Skåne.tmp", "följebrev.docx", "missiv.pdf"])
    def it_is_told_of_and_has_no_marked_copy_when_it_is_no_workbook(
        self, root, rows, workbook, name
    ):
        send(root, workbook(rows))
        send(root, b"x", name)
        done = lansrapport("check", "inputs/2020/submissions", cwd=root)
        assert done.returncode == 1
        assert f"Filen {name} är inte sparad som en arbetsbok" in done.stdout
        made = sorted(path.name for path in (root / "outputs/2020/returns").iterdir())
        assert made == ["12-Skåne.txt", "12-Skåne.xlsx"]

    def it_may_be_all_there_is(self, root):
        send(root, b"%PDF-1.4", "Skåne.pdf")
        done = lansrapport("check", "inputs/2020/submissions", cwd=root)
        assert (done.returncode, done.stderr) == (1, "")
        assert "Markerade filer i outputs/2020/returns: 0" in done.stdout

    @pytest.mark.parametrize("name", ["~$Skåne.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini"])
    def it_is_left_alone_when_it_is_nobodys_return(self, root, rows, workbook, name):
        send(root, workbook(rows))
        send(root, b"x", name)
        done = lansrapport("check", "inputs/2020/submissions", cwd=root)
        assert done.returncode == 0
        assert name not in done.stdout


@pytest.mark.whole
class DescribeCheck:
    def it_ends_with_0_for_a_clean_file_and_marks_a_copy_under_the_countys_name(
        self, root, rows, workbook
    ):
        send(root, workbook(rows))
        done = lansrapport("check", "inputs/2020/submissions", cwd=root)
        assert done.returncode == 0, done.stderr
        assert (root / "outputs/2020/returns/12-Skåne.xlsx").is_file()
        assert "Inget att anmärka." in done.stdout

    def it_ends_with_1_and_prints_one_json_object_a_finding(self, root, rows, workbook):
        rows["mal"][0]["lagesbild_id"] = "L9"
        send(root, workbook(rows))
        done = lansrapport("check", "inputs/2020/submissions", "--json", cwd=root)
        assert done.returncode == 1
        assert [json.loads(line) for line in done.stdout.splitlines()] == [
            {
                "code": "REF-SAKNAS", "severity": "ERROR", "county": "12", "file": "Fil från länet.xlsx", "sheet": "Mål",
                "cell": "C6", "title": "Hänvisning till något som inte finns",
                "message": "Lägesbild-id är L9, men ingen rad i Lägesbild har det id:t.",
                "hint": "Rätta id:t, eller lägg till raden i Lägesbild.", "suggestion": "L1", "explanation": None,
            }
        ]  # fmt: skip

    def it_ends_with_2_for_a_file_that_is_not_there(self, root):
        done = lansrapport("check", "finns-inte.xlsx", cwd=root)
        assert (done.returncode, done.stderr) == (
            2,
            "Det gick inte: Filen eller mappen finns-inte.xlsx finns inte.\n",
        )

    def it_never_changes_what_was_sent(self, root, rows, workbook):
        path = send(root, workbook(rows))
        before = path.read_bytes()
        lansrapport("check", str(path), cwd=root)
        assert path.read_bytes() == before

    def it_returns_a_file_that_cannot_be_read_under_its_own_name(self, root):
        send(root, b"inte en arbetsbok", "trasig.xlsx")
        done = lansrapport("check", "inputs/2020/submissions", cwd=root)
        assert done.returncode == 1
        assert "är inte sparad som en arbetsbok" in done.stdout
        assert (root / "outputs/2020/returns/trasig.xlsx").is_file()

    def it_says_where_the_copy_of_a_file_goes_that_tells_no_year(self, root, tmp_path):
        stray = tmp_path / "lös fil.xlsx"
        stray.write_bytes(b"inte en arbetsbok")
        done = lansrapport("check", str(stray), cwd=root)
        assert done.returncode == 1
        assert done.stdout.splitlines()[-2:] == [
            "lös fil.xlsx: det framgår inte vilket år filen gäller. Den markerade kopian läggs hos 2021 års filer.",
            "Markerade filer i outputs/2021/returns: 1",
        ]
        assert (root / "outputs/2021/returns/lös fil.xlsx").is_file()

    def it_says_nothing_of_the_year_where_the_folder_tells_it(self, root):
        path = send(root, b"inte en arbetsbok")
        said = lansrapport("check", str(path), cwd=root).stdout.splitlines()
        assert said[-1] == "Markerade filer i outputs/2020/returns: 1"
        assert not any("vilket år" in line for line in said)


@pytest.mark.whole
class DescribeACommandThatIsNotUnderstood:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["check"], "Fil eller mapp saknas i kommandot. Skriv ”lansrapport check --help”"),
            (
                ["merge", "abc"],
                "Året är inte skrivet på rätt sätt. Skriv ”lansrapport merge --help”",
            ),
            (["-Z"], "Kommandot har inget tillval -Z. Skriv ”lansrapport --help”"),
            (["check", "-x"], "Kommandot har inget tillval -x. Skriv ”lansrapport check --help”"),
            (
                ["merg", "2020"],
                "Det finns inget sådant kommando. Menade ni ”merge”? Skriv ”lansrapport --help”",
            ),
            (
                ["report", "2020", "--utkst"],
                "Kommandot har inget tillval --utkst. Menade ni ”--utkast”? Skriv ”lansrapport report --help”",
            ),
            (
                ["check", "--foo", "x"],
                "Kommandot har inget tillval --foo. Skriv ”lansrapport check --help”",
            ),
            (
                ["report", "2020", "--chapter"],
                "Tillvalet --chapter saknar sitt värde. Skriv ”lansrapport --help”",
            ),
            (
                ["spec", "diff", "2020"],
                "Det nyare året saknas i kommandot. Skriv ”lansrapport spec diff --help”",
            ),
            (
                ["merge", "2020", "2021"],
                "Kommandot är inte skrivet på rätt sätt. Skriv ”lansrapport merge --help”",
            ),
        ],
    )
    def it_says_in_swedish_what_is_wrong_with_it(self, root, arguments, said):
        done = lansrapport(*arguments, cwd=root)
        assert done.returncode == 2
        assert done.stderr.strip() == f"Det gick inte: {said} för att se hur det ska skrivas."


@pytest.mark.whole
class DescribeTheOtherCommands:
    def it_makes_the_templates_asked_for(self, root):
        done = lansrapport("templates", "2020", "--county", "01", "--county", "25", cwd=root)
        assert done.returncode == 0, done.stderr
        assert sorted(path.name for path in (root / "outputs/2020/templates").iterdir()) == [
            "01-Stockholm.xlsx",
            "25-Norrbotten.xlsx",
        ]

    def it_merges_checks_the_money_and_reports_on_what_there_is(self, root, rows, workbook):
        send(root, workbook(rows))
        shutil.copy(ROOT / "inputs/2020/anslagsserie.csv", root / "inputs/2020")
        assert lansrapport("merge", "2020", cwd=root).returncode == 0
        assert lansrapport("finance", "2020", cwd=root).returncode == 0
        assert lansrapport("report", "2020", cwd=root).returncode == 0
        made = {path.name for path in (root / "outputs/2020/internt").iterdir()}
        assert {"sammanstallning.xlsx", "data", "ekonomi.xlsx"} <= made
        made = {path.name for path in (root / "outputs/2020/publicering").iterdir()}
        assert made == {"data", "rapport.docx"}

    def it_writes_one_countys_own_report(self, root, rows, workbook):
        send(root, workbook(rows))
        done = lansrapport("report", "2020", "--chapter", "county", "--county", "12", cwd=root)
        assert (done.returncode, done.stdout) == (
            0,
            "outputs/2020/publicering/12-Skåne-rapport.docx\n",
        )
        made = [path for path in (root / "outputs/2020").rglob("*") if path.is_file()]
        assert [path.name for path in made] == ["12-Skåne-rapport.docx"]

    @pytest.mark.parametrize("options", [("--chapter", "inledning"), ("--county", "12")])
    def it_knows_only_one_kind_of_chapter(self, root, options):
        done = lansrapport("report", "2020", *options, cwd=root)
        assert (done.returncode, done.stderr) == (
            2,
            "Det gick inte: Den enda del som kan skrivas för sig är rapporten om en av dem som redovisar: "
            "--chapter county --county KOD.\n",
        )

    def it_prints_for_good_the_whole_or_nothing(self, root, rows, workbook):
        send(root, workbook(rows))
        done = lansrapport("report", "2020", "--final", "--chapter", "county", cwd=root)
        assert (done.returncode, done.stderr) == (
            2,
            "Det gick inte: Det som ska publiceras skrivs i sin helhet: ta bort --chapter och --county, eller --final.\n",
        )
        done = lansrapport("report", "2020", "--final", cwd=root)
        assert done.returncode == 2
        assert "I inputs/2020/utgivning.yaml saknas: tryckort.ort, tryckort.nummer" in done.stderr
        (root / "inputs/2020/utgivning.yaml").write_text(FILLED, encoding="utf-8")
        done = lansrapport("report", "2020", "--final", cwd=root)
        lines = done.stdout.splitlines()
        assert (lines[0], *lines[22:24]) == (
            "outputs/2020/publicering/rapport.docx",
            "outputs/2020/publicering/data/datapackage.json",
            "inputs/2020/tryckt.json",
        )

    def it_prints_no_low_count_that_a_county_tells_in_its_own_words(self, root, rows, workbook):
        rows["indikatorer"][0] |= {"varde": 3}
        text = "har gett tre utbildade personer stöd"
        rows["aktiviteter"][0] |= {"gott_exempel": "JA", "exempeltext": text}
        send(root, workbook(rows))
        draft = lansrapport("report", "2020", "--chapter", "county", "--county", "12", cwd=root)
        assert draft.returncode == 0
        with zipfile.ZipFile(root / "outputs/2020/publicering/12-Skåne-rapport.docx") as package:
            assert "tre utbildade" not in package.read("word/document.xml").decode()

    def it_ends_with_1_and_says_why_when_the_decisions_cannot_be_read(self, root, rows, workbook):
        send(root, workbook(rows))
        (root / "inputs/2020/finance-decisions.xlsx").write_bytes(b"PK\x03\x04 inte en arbetsbok")
        done = lansrapport("finance", "2020", cwd=root)
        assert done.returncode == 1
        assert "Filen finance-decisions.xlsx är skadad eller ofullständig" in done.stdout
        assert (root / "outputs/2020/internt/ekonomi.xlsx").is_file()

    def it_shows_who_has_sent_what(self, root, rows, workbook):
        send(root, workbook(rows))
        done = lansrapport("status", "2020", cwd=root)
        assert done.returncode == 0
        lines = {line.split()[0]: line for line in done.stdout.splitlines() if line[:2].isdigit()}
        assert len(lines) == 21
        assert "Klar" in lines["12"] and "Fil från länet.xlsx" in lines["12"]
        assert "Inte inkommen" in lines["01"]

    def it_lays_out_a_folder_in_which_everything_works(self, tmp_path):
        done = lansrapport("init", "arbete", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        folder = tmp_path / "arbete"
        assert (folder / "templates/2020/arbetsbok.yaml").is_file()
        newest = max(path.name for path in (ROOT / "templates").iterdir())
        assert (folder / f"inputs/{newest}/submissions").is_dir()
        assert lansrapport("status", "2020", "--root", str(folder), cwd=tmp_path).returncode == 0
        again = lansrapport("init", "arbete", cwd=tmp_path)
        assert "har lämnats som den är" in again.stdout
        assert f"{newest} är ett påhittat exempel" in again.stdout
        assert lansrapport("new", "2027", "--root", str(folder), cwd=tmp_path).returncode == 0
        own = lansrapport("init", "arbete", cwd=tmp_path)
        assert "kör ”lansrapport run 2027”" in own.stdout
        assert "påhittat" not in own.stdout

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["run", "1999"], "Det finns ingen mapp templates/1999"),
            (
                ["templates", "2020", "--county", "99"],
                "Koden 99 finns inte i listan Länsstyrelser.",
            ),
            (["merge"], "Det gick inte:"),
            (["okänt"], "Det gick inte:"),
            (["merge", "tjugo"], "Det gick inte:"),
        ],
    )
    def it_ends_with_2_and_says_why(self, root, arguments, said):
        done = lansrapport(*arguments, cwd=root)
        assert done.returncode == 2
        assert said in done.stderr

    def it_names_the_line_when_a_template_file_is_broken(self, root):
        path = root / "templates/2020/arbetsbok.yaml"
        path.write_text(
            path.read_text(encoding="utf-8").replace("    kind: text\n", "    kind: roman\n", 1),
            encoding="utf-8",
        )
        done = lansrapport("status", "2020", cwd=root)
        assert done.returncode == 2
        assert "templates/2020/arbetsbok.yaml, rad " in done.stderr
