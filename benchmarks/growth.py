"""`python -m benchmarks.growth`: how each part of `run` grows with the number of units, and the picture of it.

The example year's counties are asked for again and again under other codes, as an agency would that collects from all
municipalities: 21, 84, 290 and 2,000 units. Each unit has an example county's return, as judged, and its ledger, as read: to
judge, mark and read is work on one file at a time and cannot grow otherwise than with the files (they are measured beside, on
21). Each number of units in a fresh process, each part by the processor's time, child processes included. The exponent k of
time = a · n^k is fitted by least squares on the logarithms, over the numbers of units that took more than a tenth of a second.

    python -m benchmarks.growth                      # 21, 84 and 290 units
    python -m benchmarks.growth 21 84 290 2000       # some minutes more
    python -m benchmarks.growth --data FILE.json     # adds what is measured to what the file has, and tells of all of it
    python -m benchmarks.growth --picture FILE.svg   # draws it too
    python -m benchmarks.growth 290 --only letters   # one part and what it stands on"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

from benchmarks.curves import drawn
from toolkit.analysis.merge import Dataset
from toolkit.analysis.results import YearResults
from toolkit.checks.file import judge
from toolkit.ledger.entries import Ledger
from toolkit.returns.submission import Return
from toolkit.year import money
from toolkit.year.inputs import Checked, Inputs
from toolkit.year.ledgers import read_ledgers
from toolkit.year.merging import merge_all, write_merge
from toolkit.year.money import examine_money, write_memos, write_money
from toolkit.year.report import write_report
from toolkit.year.status import publish_status, status_of
from toolkit.year.submissions import in_company
from toolkit.year.workspace import Workspace

ROOT = Path(__file__).parents[1]
YEAR, UNITS = 2020, (21, 84, 290)
SURE = 0.1  # seconds: what takes less says nothing of how it grows
PARTS = (
    "company",
    "merge",
    "merge: files",
    "finance",
    "finance: files",
    "letters",
    "status",
    "report",
)
_OWN_CODE = re.compile(r'^      - \{code: "\d\d", label: .*bokstav.*\}\n', re.MULTILINE)


def with_units(folder: Path, units: int) -> Workspace:
    """A working folder whose year asks so many. What comes in besides the returns is the example's."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    own = folder / "templates" / str(YEAR) / "arbetsbok.yaml"
    text = own.read_text(encoding="utf-8")
    known = list(_OWN_CODE.finditer(text))
    added = "".join(
        f'      - {{code: "{1000 + one}", label: Kommun {1000 + one} län, attributes: '
        f'{{namn: Kommun{1000 + one}, bokstav: K{1000 + one}, region: Mitt, kommuner: "1"}}}}\n'
        for one in range(units - len(known))
    )
    end = known[-1].end()
    own.write_text(text[:end] + added + text[end:], encoding="utf-8")
    inputs = folder / "inputs" / str(YEAR)
    (inputs / "submissions").mkdir(parents=True)
    shutil.copy(ROOT / "inputs" / str(YEAR) / "anslagsserie.csv", inputs)
    # Letters are written once anything has come.
    (inputs / "submissions" / "01.xlsx").write_bytes(b"")
    return Workspace(folder, YEAR)


def example_returns() -> list[Return]:
    """The example's returns that have activities, without what blocks."""
    inputs = Inputs(Workspace(ROOT, YEAR))
    paths = sorted((ROOT / "inputs" / str(YEAR) / "submissions").glob("*.xlsx"))
    found = [judge(path.read_bytes(), path.name, {YEAR: inputs.year}) for path in paths]
    return [one for one in found if one.submission and one.submission.tables["aktiviteter"].rows]


def returns_of(codes: Sequence[str], sent: Sequence[Return]) -> Iterator[Return]:
    """A return of each unit."""
    for place, code in enumerate(codes):
        one = sent[place % len(sent)]
        assert one.submission is not None
        own = replace(one.submission, county=code, file=f"{code}.xlsx")
        findings = tuple(finding for finding in one.findings if not finding.blocks)
        yield replace(one, file=f"{code}.xlsx", submission=own, findings=findings)


def ledgers_of(codes: Sequence[str]) -> dict[str, Ledger]:
    """A ledger of each unit."""
    inputs = Inputs(Workspace(ROOT, YEAR))
    read = list(read_ledgers(inputs.space, inputs.year)[0].values())
    return {code: replace(read[place % len(read)], county=code) for place, code in enumerate(codes)}


def measured(units: int, only: Sequence[str]) -> dict[str, float]:
    """The processor's seconds of each part, and the peak of memory in MB."""
    with tempfile.TemporaryDirectory(prefix="lansrapport-growth-") as folder:
        inputs = Inputs(with_units(Path(folder), units))
        codes = [county.code for county in inputs.year.spec.counties]
        sent, own = list(returns_of(codes, example_returns())), ledgers_of(codes)
        with mock.patch.object(money, "read_ledgers", lambda *_: (dict(own), [])):
            found = dict(_taken(inputs, sent, only))
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _taken(
    inputs: Inputs, sent: Sequence[Return], only: Sequence[str]
) -> Iterator[tuple[str, float]]:
    """Each part and how long it took, in the order of `run`. What the later ones stand on is done in any case."""
    space, done = inputs.space, {}

    def take(name: str, work: Callable[[], object]) -> float:
        before = _processor()
        done[name] = work()
        took = _processor() - before
        print(f"  {len(sent)} {name} {took:.2f}", file=sys.stderr, flush=True)
        return took

    checked = [Checked(Path(one.file), b"", one) for one in sent]
    yield "company", take("company", lambda: in_company(inputs, inputs.year, checked))
    yield "merge", take("merge", lambda: merge_all(inputs.year, sent))
    data: Dataset = done["merge"]
    parts: dict[str, Callable[[], object]] = {"merge: files": lambda: write_merge(space, data)}
    if set(only) != {"merge: files"}:
        yield "finance", take("finance", lambda: examine_money(inputs, data)[0])
        finance: YearResults = done["finance"]
        parts |= {
            "finance: files": lambda: write_money(inputs, finance),
            "letters": lambda: write_memos(space, finance),
            "status": lambda: publish_status(inputs, status_of(inputs, data, finance.verdicts)),
            "report": lambda: write_report(space, finance),
        }
    for name, work in parts.items():
        if name in only:
            yield name, take(name, work)


def _processor() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def exponent(taken: Mapping[int, float]) -> float | None:
    """k of time = a · units^k; None where fewer than two numbers of units took long enough."""
    known = [(math.log(units), math.log(took)) for units, took in taken.items() if took > SURE]
    if len(known) < 2:
        return None
    middle = [sum(one[axis] for one in known) / len(known) for axis in (0, 1)]
    across = sum((x - middle[0]) ** 2 for x, _ in known)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in known) / across


def main() -> None:
    """Measure, tell, draw."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )  # fmt: skip
    parser.add_argument("units", type=int, nargs="*")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--only", nargs="*", default=PARTS)
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.json:
        print(json.dumps(measured(given.units[0], given.only)))
        return
    taken = _known(given.data)
    for units in given.units or UNITS:
        taken.setdefault(units, {}).update(_in_a_process(units, given.only))
        if given.data:
            told = json.dumps({str(units): taken[units] for units in sorted(taken)}, indent=1)
            given.data.write_text(told + "\n", encoding="utf-8")
    taken = {units: taken[units] for units in sorted(taken)}
    _tell(taken)
    if given.picture:
        _draw(taken, given.picture)


def _known(path: Path | None) -> dict[int, dict[str, float]]:
    if path is None or not path.is_file():
        return {}
    return {int(units): one for units, one in json.loads(path.read_text(encoding="utf-8")).items()}


def _draw(taken: Mapping[int, Mapping[str, float]], path: Path) -> None:
    curves = {}
    for name in PARTS:
        points = {units: one[name] for units, one in taken.items() if name in one}
        if points:
            curves[name] = points, exponent(points)
    path.write_text(drawn(curves), encoding="utf-8")


def _in_a_process(units: int, only: Sequence[str]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.growth", str(units), "--json", "--only", *only]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _tell(taken: Mapping[int, Mapping[str, float]]) -> None:
    print("units         " + "".join(f"{units:>10}" for units in taken) + "  exponent")
    for name in (*PARTS, "memory"):
        known = {units: one[name] for units, one in taken.items() if name in one}
        if known:
            power = exponent(known) if name != "memory" else None
            unit = "MB" if name == "memory" else "s "
            told = {units: f"{took:.2f} {unit}" for units, took in known.items()}
            values = "".join(told.get(units, "").rjust(10) for units in taken)
            print(f"{name:<14}{values}  {'' if power is None else f'{power:.2f}'}")


if __name__ == "__main__":
    main()
