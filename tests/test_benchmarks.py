"""The benchmark can be run; what it measures is for people to read, never for a test to judge."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys

import openpyxl
import pytest

from benchmarks.mutations import line
from benchmarks.templates import _bare, cells_of_a_template
from tests.conftest import ROOT
from tests.mutants.ground import Mutation
from tests.mutations import Outcome
from tests.sampled import ALL


def small(name: str) -> str:
    """What a benchmark prints of a small run."""
    done = subprocess.run(
        [sys.executable, "-m", name, "--small"],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def it_prints_every_step_beside_the_alternative():
    printed = small("benchmarks")
    steps = [line.split("  ")[0] for line in printed.splitlines()]
    for step in (
        "read",
        "check",
        "read + check, one process a file",
        "merge",
        "merge: write xlsx and csv",
        "report",
    ):
        assert step in steps
    assert "rows, alternative: " in printed


@pytest.mark.slow
@pytest.mark.skipif(not ALL, reason="half a minute each: make test-all")
def it_prints_every_ledger_format_beside_pandas_with_the_same_sums():
    printed = small("benchmarks.ledgers")
    for form in ("csv", "xlsx", "se"):
        assert f"{form}: 20000 transactions, sums by code are the same" in printed


@pytest.mark.slow
@pytest.mark.skipif(not ALL, reason="half a minute each: make test-all")
def it_prints_the_long_report_beside_what_others_make():
    printed = small("benchmarks.report")
    assert [line.split("  ")[0] for line in printed.splitlines()[1:-1]] == [
        "whole", "table", "table docxtpl", "table python-docx", "text", "text python-docx",
    ]  # fmt: skip
    assert "40 footnotes, 500 rows in the table" in printed


def it_counts_what_was_detected_missed_and_said_beside_it():
    mutation = Mutation("blank", "mal.id", (), frozenset({("FALT-SAKNAS", "Mål!B6")}))
    found = {("FALT-SAKNAS", "Mål!B6")}
    said = [found, set(), {*found, ("REF-SAKNAS", "Mål!C6")}, {("FALT-TAL", "Mål!B6")}]
    outcomes = [Outcome(mutation, frozenset(one)) for one in said]
    assert line("blank", outcomes).split() == ["blank", "4", "2", "2", "2"]


def it_writes_the_cells_of_a_template_bare():
    cells, size = cells_of_a_template()
    assert size < 250_000
    bare = openpyxl.load_workbook(io.BytesIO(_bare(pickle.loads(pickle.dumps(cells)))))
    assert bare.sheetnames == list(cells)
    assert bare["Ekonomi"]["C5"].value == "Verksamhetskod *"
    assert bare["Kontroll"]["B2"].value.startswith("=IF(")
