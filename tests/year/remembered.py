"""Two working folders in which the same is changed and the same commands are given; one remembers, the other never does.
The other is the model: whatever was changed, both must hold the same files, say the same and end with the same code.

    python -m tests.year.remembered 20 7        # so many changes, from a seed

The commands run in processes of their own, as users give them."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import openpyxl

from tests.year.season import edited

ROOT = Path(__file__).parents[2]
SUBMISSIONS = "inputs/2020/submissions"
DAYS = ((), ("--datum", "2021-03-01"), ("--datum", "2023-01-01"))
WHO = ("Skåne", "Anna Andersson", "Prövat.", "2021-06-30")


@dataclass
class Pair:
    """The folder that remembers and the one that does not, and chance."""

    remembers: Path
    forgets: Path
    chance: random.Random

    # ------------------------------------------------------------------------------------------------- what is changed
    def nothing(self) -> None:
        """The same command again is the commonest of all."""

    def add(self) -> None:
        source = self.chance.choice(sorted((ROOT / SUBMISSIONS).glob("*.xlsx")))
        self.write(f"{SUBMISSIONS}/{source.name}", source.read_bytes())

    def remove(self) -> None:
        self.each(self.one_of(f"{SUBMISSIONS}/*"), Path.unlink)

    def rename(self) -> None:
        old = self.one_of(f"{SUBMISSIONS}/*")
        new = f"{SUBMISSIONS}/{self.chance.choice(['A', 'Ö', '12-Skåne', 'Rättad'])}.xlsx"
        for root in (self.remembers, self.forgets):
            (root / old).replace(root / new)

    def correct(self) -> None:
        name = self.one_of(f"{SUBMISSIONS}/*")
        wrong = self.chance.choice([100, 20_000, "ca 100"])
        self.write(name, edited((self.remembers / name).read_bytes(), {"Ekonomi!K6": wrong}))

    def answer(self) -> None:
        """A marked copy comes back under another name, with something in the column for answers."""
        name = self.one_of("outputs/2020/returns/*.xlsx")
        book = openpyxl.load_workbook(self.remembers / name)
        if book.sheetnames[0] == "Återkoppling":
            for row in range(5, 12):
                book["Återkoppling"].cell(row, 9).value = f"Svar {self.chance.randint(1, 3)}."
        self.save(f"{SUBMISSIONS}/Svar {self.chance.randint(1, 2)}.xlsx", book)

    def cut(self) -> None:
        name = self.one_of(f"{SUBMISSIONS}/*")
        self.write(name, (self.remembers / name).read_bytes()[: self.chance.randint(0, 9_000)])

    def last_year(self) -> None:
        source = self.chance.choice(sorted((ROOT / "inputs/2019/submissions").glob("*.xlsx")))
        place = f"inputs/2019/submissions/{source.name}"
        if (self.remembers / place).is_file() and self.chance.random() < 0.5:
            self.each(place, Path.unlink)
            return
        told = {"Indikatorer!J6": self.chance.choice([1, 5_000])}
        self.write(place, edited(source.read_bytes(), told))

    def ledger(self) -> None:
        name = "inputs/2020/ledgers/12 Skåne huvudbok.csv"
        source = (ROOT / name).read_bytes()
        lines = source.splitlines(keepends=True)
        self.write(name, b"".join(lines[: self.chance.choice([2, 9, len(lines)])]))

    def series(self) -> None:
        name = "inputs/2020/anslagsserie.csv"
        line = self.chance.choice([b"", b"\n"])
        self.write(name, (ROOT / name).read_bytes() + line)

    def spec(self) -> None:
        self.in_text("arbetsbok.yaml", "label: Utfall", "label: Utfall i år")

    def a_text(self) -> None:
        self.in_text("texter/aterkoppling.yaml", "Inget behöver göras.", "Inget mer behöver göras.")

    def message(self) -> None:
        self.in_text("meddelanden.yaml", "Fyll i", "Skriv i")

    def severity(self) -> None:
        self.in_text("avsteg.yaml", "severities: {}", "severities: {FALT-KORT: NOTE}")

    def in_text(self, name: str, old: str, new: str) -> None:
        path = f"templates/2020/{name}"
        text = (ROOT / path).read_text(encoding="utf-8")
        changed = text.replace(old, new, 1) if self.chance.random() < 0.5 else text
        self.write(path, changed.encode())

    def waiver(self) -> None:
        form, place = "outputs/2020/internt/avsteg.xlsx", "inputs/2020/avsteg.xlsx"
        if (self.remembers / place).is_file() and self.chance.random() < 0.4:
            self.each(place, Path.unlink)
        elif (self.remembers / form).is_file():
            book = openpyxl.load_workbook(self.remembers / form)
            county = self.chance.choice(["Skåne", "Blekinge", "Gotland"])
            code = self.chance.choice(["EKON-BUDGET", "FALT-TAL", "TREND-INDIKATOR"])
            for column, value in enumerate((county, code, "", "", *WHO[1:]), 1):
                book["Avsteg"].cell(5, column).value = value
            self.save(place, book)

    def choice(self) -> None:
        form, place = "outputs/2020/internt/filer.xlsx", "inputs/2020/filer.xlsx"
        if (self.remembers / place).is_file() and self.chance.random() < 0.4:
            self.each(place, Path.unlink)
        elif (self.remembers / form).is_file():
            book = openpyxl.load_workbook(self.remembers / form)
            file = Path(self.one_of(f"{SUBMISSIONS}/*")).name
            word = self.chance.choice(["Gäller", "Gäller inte"])
            for column, value in enumerate(("", file, word, *WHO[1:3]), 1):
                book["Beslut"].cell(5, column).value = value
            self.save(place, book)

    def decision(self) -> None:
        """The finance officer decides in the workbook where she opened it, or in her own copy."""
        book = self.remembers / "outputs/2020/internt/ekonomi.xlsx"
        if book.is_file():
            opened = openpyxl.load_workbook(book)
            column = next((c for c in opened["Översikt"][4] if c.value == "Beslut"), None)
            if column is not None:
                opened["Översikt"].cell(5, column.column).value = self.chance.choice(
                    ["Godkänd", "Utreds"]
                )
            here = "outputs/2020/internt/ekonomi.xlsx", "inputs/2020/finance-decisions.xlsx"
            self.save(self.chance.choice(here), opened)

    def output_gone(self) -> None:
        self.each(self.one_of("outputs/2020/*/*"), _take_away)

    def outputs_gone(self) -> None:
        for root in (self.remembers, self.forgets):
            shutil.rmtree(root / "outputs/2020", ignore_errors=True)

    def output_edited(self) -> None:
        name = self.one_of("outputs/2020/*/*.*")
        if (self.remembers / name).is_file():
            self.write(name, (self.remembers / name).read_bytes() + b" ")

    def output_strange(self) -> None:
        self.write("outputs/2020/returns/25-Norrbotten-ny-mall.xlsx", b"gammal")

    def forgotten(self) -> None:
        shutil.rmtree(self.remembers / "outputs/.minne", ignore_errors=True)

    def spoilt(self) -> None:
        for path in sorted((self.remembers / "outputs/.minne").glob("*")):
            data = path.read_bytes()
            if self.chance.random() < 0.5:
                path.write_bytes(data[: self.chance.randint(0, len(data))])

    # ------------------------------------------------------------------------------------------------------------ means
    def one_of(self, pattern: str) -> str:
        found = sorted(self.remembers.glob(pattern))
        chosen = self.chance.choice(found) if found else self.remembers / "ingen"
        return chosen.relative_to(self.remembers).as_posix()

    def each(self, name: str, change: Callable[[Path], object]) -> None:
        for root in (self.remembers, self.forgets):
            if (root / name).exists():
                change(root / name)

    def write(self, name: str, data: bytes) -> None:
        for root in (self.remembers, self.forgets):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)

    def save(self, name: str, book: openpyxl.Workbook) -> None:
        (self.remembers / name).parent.mkdir(parents=True, exist_ok=True)
        book.save(self.remembers / name)
        self.write(name, (self.remembers / name).read_bytes())

    # ------------------------------------------------------------------------------------------------- what is compared
    def compare(self, *words: str) -> list[str]:
        """The same command in both; what is not alike."""
        ran = [_given(self.remembers, words), _given(self.forgets, (*words, "--utan-minne"))]
        told = []
        for root, process in zip((self.remembers, self.forgets), ran, strict=True):
            said = [text.replace(str(root), "MAPP") for text in process.communicate()]
            told.append((process.returncode, *said))
        trees = [_files(root) for root in (self.remembers, self.forgets)]
        unlike = [
            name for name in {*trees[0], *trees[1]} if trees[0].get(name) != trees[1].get(name)
        ]
        return sorted(unlike) + ([str(told)] if told[0] != told[1] else [])


def _take_away(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _given(root: Path, words: Sequence[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "toolkit", *words, "--root", str(root)]
    return subprocess.Popen(command, stdout=-1, stderr=-1, text=True, encoding="utf-8", cwd=root)


def _files(root: Path) -> dict[str, bytes]:
    found = {}
    for folder in ("inputs", "outputs"):
        for path in (root / folder).rglob("*"):
            name = path.relative_to(root).as_posix()
            if path.is_file() and not name.startswith("outputs/.minne"):
                found[name] = path.read_bytes()
    return found


def pair(folder: Path, seed: int) -> Pair:
    """Three counties this year, two the year before, all ledgers."""
    for name in ("minns", "glömmer"):
        root = folder / name
        shutil.copytree(ROOT / "templates", root / "templates")
        (root / "outputs").mkdir()
        for place in ("ledgers", "anslagsserie.csv", "pahittat.yaml"):
            source = ROOT / "inputs/2020" / place
            (shutil.copytree if source.is_dir() else _copy)(source, root / "inputs/2020" / place)
        for year, counties in (
            (2020, ("Skåne", "Blekinge", "Gotland")),
            (2019, ("Skåne", "Blekinge")),
        ):
            for county in counties:
                file = f"inputs/{year}/submissions/Redovisning {county} {year}.xlsx"
                _copy(ROOT / file, root / file)
        (root / "inputs/2020/sekretess-nyckel.txt").write_text("ab" * 32)
    return Pair(folder / "minns", folder / "glömmer", random.Random(seed))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


CHANGES = (
    "nothing", "nothing", "add", "remove", "rename", "correct", "answer", "cut", "last_year", "ledger", "series", "spec",
    "a_text", "message", "severity", "waiver", "choice", "decision", "output_gone", "outputs_gone", "output_edited",
    "output_strange", "forgotten", "spoilt",
)  # fmt: skip
COMMANDS = (
    ("run", "2020"), ("run", "2020"), ("check", SUBMISSIONS), ("status", "2020"), ("merge", "2020"),
    ("finance", "2020"), ("run", "2020", "--json"), ("check", SUBMISSIONS, "--json"),
)  # fmt: skip


def play(folder: Path, count: int, seed: int, commands: Sequence[Sequence[str]] = COMMANDS) -> None:
    """So many changes. Raises AssertionError for the first after which the two are not alike."""
    both = pair(folder, seed)
    for number in range(count):
        change = both.chance.choice(CHANGES)
        with suppress(BadZipFile, KeyError):  # what was cut cannot be changed in
            getattr(both, change)()
        words = list(both.chance.choice(commands))
        words += both.chance.choice(DAYS)
        unlike = both.compare(*words)
        print(number, change, *words, "–", unlike or "lika", flush=True)
        assert not unlike, (seed, number, change, words, unlike)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        play(Path(name), int(sys.argv[1]), int(sys.argv[2]))
