"""`python -m benchmarks.ledgers [--small]`: a ledger of a million transactions, beside pandas and
the plain readers (csv, openpyxl, a line at a time) reading the same file.

Time by the clock, of the processor, and peak memory; the ratios are to pandas, of the processor's time,
since other work on the machine slows the clock. Each reading runs in a fresh process, best of three
(the plain ones once); all give the sum of the cost accounts by code, and the lines below the table say
that they found the same. The plain readers do what the toolkit does with exact decimals, and nothing of
what it asks of a file."""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.steps import peak_memory

BEST_OF = 3
LARGE, SMALL = 1_000_000, 20_000
NAME = "08 Kalmar"
FORMS = ("csv", "xlsx", "se")
HEADS = ("Verifikationsnummer", "Datum", "Konto", "Verksamhetskod", "Anslagspost", "Belopp", "Text")
ACCOUNTS = ("4110", "5010", "5410", "5510", "5790", "5990", "7310", "1930")
CODES = ("801", "VN", "HR", "VF", "PM")
READERS = {"pandas": True, "plain": False, "lansrapport": True}
"""Whether each is measured more than once."""
Sums = dict[str, float]


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledgers", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help=f"{SMALL} transactions, for a quick look"
    )
    parser.add_argument("--step", nargs=3, metavar=("WHAT", "FORM", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        step(*given.step)
        return
    lines = SMALL if given.small else LARGE
    with tempfile.TemporaryDirectory(prefix="lansrapport-bench-") as folder:
        print(f"{lines} transactions, best of {BEST_OF}. 1.00 = pandas.\n")
        print(f"{'':6}{'size':>6}" + "".join(f"{who:>30}" for who in READERS) + f"{'ratio':>16}")
        costs = f"{'clock':>10}{'cpu':>10}{'memory':>10}"
        print(f"{'':6}{'MB':>6}" + costs * len(READERS) + f"{'cpu':>8}{'memory':>8}")
        print(
            "\n"
            + "\n".join([compare(form, Path(folder) / f"{NAME}.{form}", lines) for form in FORMS])
        )


def compare(form: str, path: Path, lines: int) -> str:
    """A line of the table, printed when it is ready; what is said below the table."""
    run("make", form, path, str(lines))
    found = {
        who: measure(who, form, path, BEST_OF if times else 1) for who, times in READERS.items()
    }
    other, own = found["pandas"], found["lansrapport"]
    row = f"{form:6}{path.stat().st_size / 1e6:6.0f}"
    for cost in found.values():
        row += f"{cost['seconds']:8.2f} s{cost['cpu']:8.2f} s{cost['memory'] / 1024:7.0f} MB"
    ratios = (own["cpu"] / other["cpu"], own["memory"] / max(1, other["memory"]))
    print(row + "".join(f"{ratio:8.2f}" for ratio in ratios), flush=True)
    same = all(alike(own, one) for one in found.values())
    path.unlink()
    return (
        f"{form}: {own['lines']} transactions, sums by code {'are the same' if same else 'DIFFER'}"
    )


def alike(own: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two readers found the same sums."""
    return all(abs(own["sums"][code] - other["sums"][code]) < 0.01 for code in CODES)


def measure(what: str, form: str, path: Path, times: int) -> dict[str, Any]:
    """The best times and the lowest peak of some runs."""
    runs = [json.loads(run(what, form, path)) for _ in range(times)]
    least = {cost: min(one[cost] for one in runs) for cost in ("seconds", "cpu", "memory")}
    return {**runs[0], **least}


def run(what: str, form: str, path: Path, lines: str = "") -> str:
    """A step in a process of its own; what it printed."""
    place = f"{path}?{lines}" if lines else str(path)
    command = [sys.executable, "-m", "benchmarks.ledgers", "--step", what, form, place]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def step(what: str, form: str, place: str) -> None:
    """Makes a file, or reads one and prints what it took."""
    if what == "make":
        path, _, lines = place.rpartition("?")
        {"csv": make_csv, "xlsx": make_xlsx, "se": make_sie}[form](Path(path), int(lines))
        return
    readers = {"pandas": by_pandas, "plain": by_hand, "lansrapport": by_toolkit}
    work = readers[what](form, Path(place))
    started, worked = time.perf_counter(), time.process_time()
    count, sums = work()
    costs = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - worked}
    print(json.dumps({**costs, "memory": peak_memory(), "lines": count, "sums": sums}))


def transactions(lines: int) -> Iterator[tuple[int, str, str, str, int]]:
    """Voucher, date, account, code and öre: invented, the same every time."""
    for n in range(lines):
        ore = (n * 7919) % 5_000_000 - 200_000
        yield n + 1, f"2020-{n % 12 + 1:02d}-{n % 28 + 1:02d}", ACCOUNTS[n % 8], CODES[n % 5], ore


def make_csv(path: Path, lines: int) -> None:
    """As the ledger system of the example writes it."""
    with path.open("w", encoding="cp1252", newline="") as target:
        target.write(";".join(HEADS) + "\r\n")
        for voucher, day, account, code, ore in transactions(lines):
            target.write(
                f"{voucher};{day};{account};{code};ap.4;{kronor(ore)};Påhittad transaktion {voucher}\r\n"
            )


def kronor(ore: int) -> str:
    """With a decimal comma."""
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100},{abs(ore) % 100:02d}"


def make_xlsx(path: Path, lines: int) -> None:
    """One sheet; texts of their own on every row, stored in the cells."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Transaktioner")
    sheet.write_row(0, 0, HEADS)
    for row, (voucher, day, account, code, ore) in enumerate(transactions(lines), 1):
        sheet.write_row(
            row,
            0,
            (voucher, day, account, code, "ap.4", ore / 100, f"Påhittad transaktion {voucher}"),
        )
    book.close()


def make_sie(path: Path, lines: int) -> None:
    """Every transaction as a voucher of its own, balanced against a bank account."""
    with path.open("w", encoding="cp437", newline="") as target:
        target.write('#FLAGGA 0\r\n#FORMAT PC8\r\n#FNAMN "Länsstyrelsen i Kalmar län"\r\n')
        for voucher, day, account, code, ore in transactions(lines // 2):
            date, amount = day.replace("-", ""), kronor(ore).replace(",", ".")
            back = kronor(-ore).replace(",", ".")
            target.write(
                f'#VER A {voucher} {date} "Påhittad"\r\n{{\r\n   #TRANS {account} {{7 "{code}"}} {amount}\r\n'
            )
            target.write(f"   #TRANS 1990 {{}} {back}\r\n}}\r\n")


def by_toolkit(_: str, path: Path) -> Callable[[], tuple[int, Sums]]:
    """As the finance check reads it: exact decimals, every bad line listed, the control sum
    compared."""
    from toolkit.files.yaml import read_yaml
    from toolkit.ledger.entries import AccountChart
    from toolkit.ledger.files import read_ledger
    from toolkit.spec.load import load_year, parse

    templates = Path(__file__).parents[1] / "templates"
    text = (templates / "2020/huvudbok.yaml").read_text(encoding="utf-8")
    chart, counties = (
        parse(read_yaml(text, "huvudbok.yaml"), AccountChart),
        load_year(templates, 2020).spec.counties,
    )

    def work() -> tuple[int, Sums]:
        with path.open("rb") as source:
            ledger = read_ledger(source, path.name, chart, counties)
        return ledger.transactions, {
            code: float(amount) for code, amount in ledger.by_code().items()
        }

    return work


def by_pandas(form: str, path: Path) -> Callable[[], tuple[int, Sums]]:
    """The obvious way: the whole file as a frame of floats, then a sum by code of the accounts that
    are costs."""
    import pandas as pd

    def frame() -> pd.DataFrame:
        if form == "csv":
            return pd.read_csv(path, sep=";", decimal=",", encoding="cp1252", dtype={"Konto": str})
        if form == "xlsx":
            return pd.read_excel(path, engine="calamine", dtype={"Konto": str})
        lines = pd.Series(path.read_text(encoding="cp437").splitlines())
        found = lines.str.extract(
            r'^\s*#TRANS (?P<Konto>\d+) \{(?:7 "(?P<Verksamhetskod>[^"]*)")?\} (?P<Belopp>\S+)'
        )
        return found.dropna(subset=["Konto"]).astype({"Belopp": float})

    def work() -> tuple[int, Sums]:
        read = frame()
        costs = read[read["Konto"].str[0].isin(["4", "5", "7"])]
        return len(read), costs.groupby("Verksamhetskod")["Belopp"].sum().to_dict()

    return work


def by_hand(form: str, path: Path) -> Callable[[], tuple[int, Sums]]:
    """A short loop over a plain reader's rows, with exact decimals."""
    rows = {"csv": csv_rows, "xlsx": xlsx_rows, "se": sie_rows}[form]

    def work() -> tuple[int, Sums]:
        count, sums = 0, dict.fromkeys(CODES, Decimal(0))
        for account, code, amount in rows(path):
            count += 1
            if account[0] in "457" and code in sums:
                sums[code] += amount
        return count, {code: float(amount) for code, amount in sums.items()}

    return work


Rows = Iterator[tuple[str, str, Decimal]]


def csv_rows(path: Path) -> Rows:
    """By the csv module."""
    with path.open(encoding="cp1252", newline="") as source:
        lines = csv.reader(source, delimiter=";")
        next(lines)
        for line in lines:
            yield line[2], line[3], Decimal(line[5].replace(",", "."))


def xlsx_rows(path: Path) -> Rows:
    """By openpyxl, a row at a time."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).active
    for line in sheet.iter_rows(min_row=2, values_only=True):
        yield line[2], line[3], Decimal(str(line[5]))


def sie_rows(path: Path) -> Rows:
    """A line at a time."""
    with path.open(encoding="cp437") as source:
        for line in source:
            if line.startswith("   #TRANS"):
                _, account, rest = line.split(None, 2)
                objects, _, amount = rest.partition("}")
                yield account, objects.rpartition(" ")[2].strip('{"'), Decimal(amount.strip())


if __name__ == "__main__":
    main()
