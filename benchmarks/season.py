"""`python -m benchmarks.season`: what a season of sending costs in processor time.

The example's counties send; each gets its file back marked, corrects an amount in that, and sends
it again under another name, some rounds over. Every file stays among the submissions, so that a
round has all that came before in it. Measured is one run of check, marked copies and merge in each
round, with its child processes; what the counties do is not. Ratio: the last round's time a file to
the first one's."""

from __future__ import annotations

import argparse
import io
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import openpyxl

from benchmarks.processor import spent
from toolkit.analysis.merge import Dataset
from toolkit.year.inputs import Inputs
from toolkit.year.merging import merge_all
from toolkit.year.submissions import check_submissions, found_in, withdraw_returns, write_returns
from toolkit.year.workspace import Workspace

ROOT = Path(__file__).parents[1]
YEAR, ROUNDS = 2020, 3
AMOUNT = "K6"  # on the sheet Ekonomi: the first line's


class Measured(NamedTuple):
    """A round: how many files lay there, and the processor's seconds for all of them."""

    files: int
    seconds: float


def main() -> None:
    """Play the season, print each round."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.season", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--counties", type=int, default=None, help="all where not given")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="lansrapport-bench-") as folder:
        rounds = play(Path(folder), given.rounds, given.counties)
    for number, one in enumerate(rounds, 1):
        each = one.seconds / one.files
        print(f"round {number}: {one.files} files, {one.seconds:.1f} s, {each:.2f} s a file")
    first, last = rounds[0], rounds[-1]
    ratio = (last.seconds / last.files) / (first.seconds / first.files)
    print(f"ratio: time a file {ratio:.2f}")


def play(root: Path, rounds: int, counties: int | None = None) -> list[Measured]:
    """A season in an empty folder. Raises RuntimeError where a correction does not count."""
    (root / "templates").symlink_to(ROOT / "templates")
    space = Workspace(root, YEAR)
    submissions = space.inputs / "submissions"
    submissions.mkdir(parents=True)
    for path in sorted((ROOT / f"inputs/{YEAR}/submissions").glob("*.xlsx"))[:counties]:
        (submissions / path.name).write_bytes(path.read_bytes())
    measured: list[Measured] = []
    for number in range(1, rounds + 1):
        before = spent()
        data, returned = _run(space)
        measured.append(Measured(len(list(submissions.iterdir())), spent() - before))
        _look_at(data, number)
        for name, sent in returned.items():
            (submissions / f"{number} {name}").write_bytes(_corrected(sent, number))
    return measured


def _run(space: Workspace) -> tuple[Dataset, Mapping[str, bytes]]:
    """What `check` and `merge` do: the merged data, and the marked copies of the files that count."""
    inputs = Inputs(space)
    files = check_submissions(inputs)
    written = write_returns(space, inputs.year, files)
    withdraw_returns(space, written)
    data = merge_all(inputs.year, found_in(files))
    own = {state.code for state in data.counties if state.file}
    marked = {path.name: path for path in written if path.suffix == ".xlsx"}
    return data, {name: path.read_bytes() for name, path in marked.items() if _is_first(name, own)}


def _is_first(name: str, counties: set[str]) -> bool:
    """Whether a marked copy is of the file that counts: it is called by the county alone."""
    return name[:2] in counties and "(" not in name


def _look_at(data: Dataset, number: int) -> None:
    """Every county's newest file must count."""
    for state in data.counties:
        if number > 1 and state.file and not state.file.startswith(f"{number - 1} "):
            raise RuntimeError(f"{state.file} counts in round {number}")


def _corrected(marked: bytes, number: int) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(marked))
    cell = book["Ekonomi"][AMOUNT]
    if isinstance(cell.value, int | float):
        cell.value += number
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


if __name__ == "__main__":
    main()
