"""The measured steps. `python -m benchmarks.steps NAME FOLDER` does one in this process and prints
what it took.

A step first makes ready, unmeasured: imports, and the step before it out of a pickle. Only the work
is timed. The peak memory is that of the whole process, imports and the step's input included."""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Work = Callable[[], int | None]
"""Does the step. Gives the peak of its largest child process in kB, None when it has none."""


def floor(folder: Path) -> Work:
    """python-calamine alone: all sheets of all workbooks as lists."""
    from python_calamine import CalamineWorkbook

    def work() -> None:
        for path in books(folder):
            book = CalamineWorkbook.from_path(path)
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    return work


def read(folder: Path) -> Work:
    """Bytes → Submission and the findings of reading."""
    years = _years()
    import toolkit.read as room

    def work() -> None:
        _keep(
            folder,
            "read",
            [
                room.interpret(room.read_raw(p.read_bytes()), years, p.name, "")
                for p in books(folder)
            ],
        )

    return work


def check(folder: Path) -> Work:
    """Submission → all findings: field rules, rules between sheets, texts, plausibility."""
    year = _year()
    from dataclasses import replace

    from toolkit.checks.run import check_submission

    found = _kept(folder, "read")

    def work() -> None:
        findings = [
            check_submission(year.spec, year.catalogue, r.submission, r.findings) for r in found
        ]
        _keep(
            folder, "check", [replace(r, findings=f) for r, f in zip(found, findings, strict=True)]
        )

    return work


def whole(folder: Path) -> Work:
    """Read and check as `judge` does it, one file after the other in this process."""
    years = _years()
    import python_calamine  # noqa: F401  (an import is not measured)

    from toolkit.checks.file import judge

    return lambda: _keep(
        folder, "whole", [judge(path.read_bytes(), path.name, years) for path in books(folder)]
    )


def judged(folder: Path) -> Work:
    """Read and check as `lansrapport check` does it: each file in a child process of its own."""
    years = _years()
    from toolkit.files.sandbox import run_each

    def work() -> int:
        jobs = [(path.read_bytes(), path.name, years) for path in books(folder)]
        outcomes = list(run_each(weighed, jobs))
        if any(outcome.failure for outcome in outcomes):
            raise RuntimeError("a child process failed")
        return max(peak for _, peak in (outcome.result for outcome in outcomes))

    return work


def weighed(data: bytes, file: str, years: Any) -> tuple[Any, int]:
    """What `judge` gives, and the peak of the process that it ran in."""
    from toolkit.checks.file import judge

    return judge(data, file, years), peak_memory()


def merge(folder: Path) -> Work:
    """All returns → Dataset."""
    year = _year()
    import pandas as pd  # noqa: F401  (an import is not measured)

    import toolkit.analysis.merge as room

    returns = _kept(folder, "check")
    return lambda: _keep(folder, "merge", room.merge(year, returns))


def write(folder: Path) -> Work:
    """Dataset → sammanstallning.xlsx and CSV files."""
    from toolkit.export.merged import write_csv, write_merged

    data = _kept(folder, "merge")

    def work() -> None:
        (folder / "merged.xlsx").write_bytes(write_merged(data))
        for table in data.year.spec.tables:
            (folder / f"{table}.csv").write_bytes(write_csv(data, table))

    return work


def report(folder: Path) -> Work:
    """Dataset → rapport.docx."""
    from toolkit.analysis.earmarks import earmark_verdicts
    from toolkit.analysis.results import YearResults
    from toolkit.report import write_report
    from toolkit.word import render_report
    from toolkit.year.money import series_of
    from toolkit.year.workspace import Workspace

    data = _kept(folder, "merge")
    series = series_of(Workspace(data.year.folders[0].parents[1], data.year.spec.year))

    def work() -> None:
        money = YearResults(data, earmark_verdicts(data, data.year.spec.earmarks[0]), series)
        (folder / "rapport.docx").write_bytes(
            render_report(write_report(money), data.year.path("rapport.docx"))
        )

    return work


def other_read(folder: Path) -> Work:
    """pandas.read_excel(engine="openpyxl")."""
    year = _year()
    from benchmarks import alternative

    return lambda: _keep(
        folder,
        "other_read",
        {p.name: alternative.read_workbook(p, year.spec) for p in books(folder)},
    )


def other_check(folder: Path) -> Work:
    """pandera, field rules only."""
    year = _year()
    from benchmarks import alternative

    schemas, frames = alternative.make_schemas(year.spec), _kept(folder, "other_read")
    return lambda: _keep(
        folder, "other_check", [alternative.check_tables(schemas, f) for f in frames.values()]
    )


def other_merge(folder: Path) -> Work:
    """pandas.concat."""
    from benchmarks import alternative

    frames = _kept(folder, "other_read")
    return lambda: _keep(folder, "other_merge", alternative.merge_tables(frames))


def other_write(folder: Path) -> Work:
    """DataFrame.to_excel(engine="openpyxl") and to_csv."""
    from benchmarks import alternative

    frames = _kept(folder, "other_merge")
    return lambda: alternative.write_tables(frames, folder)


STEPS: dict[str, Callable[[Path], Work]] = {
    step.__name__: step
    for step in (
        floor,
        read,
        check,
        whole,
        judged,
        merge,
        write,
        report,
        other_read,
        other_check,
        other_merge,
        other_write,
    )
}
_done: dict[Path, object] = {}


def books(folder: Path) -> list[Path]:
    """The workbooks, in order."""
    return sorted((folder / "books").glob("*.xlsx"))


def _years() -> dict[int, Any]:
    year = _year()
    return {year.spec.year: year}


def _year() -> Any:
    from benchmarks.workbooks import ROOT, YEAR
    from toolkit.spec.load import load_year

    return load_year(ROOT / "templates", YEAR)


def _keep(folder: Path, name: str, result: object) -> None:
    """The step's result, for the next step; written to disk after the clock has stopped."""
    _done[folder / f"{name}.pickle"] = result


def _kept(folder: Path, name: str) -> Any:
    return pickle.loads((folder / f"{name}.pickle").read_bytes())


def peak_memory() -> int:
    """This process's peak so far in kB; 0 where the system does not say (Windows)."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def main(name: str, folder: Path) -> None:
    """Do one step; print seconds and kB as JSON."""
    work = STEPS[name](folder)
    start = time.perf_counter()
    child = work()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "memory": max(peak_memory(), child or 0)}))
    for path, result in _done.items():
        path.write_bytes(pickle.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
