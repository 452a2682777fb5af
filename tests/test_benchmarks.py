"""The benchmark can be run; what it measures is for people to read, never for a test to judge."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT
from mutants.ground import Mutation
from mutations import Outcome


@pytest.mark.slow
def it_prints_every_step_beside_the_alternative():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--small"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    steps = [line.split("  ")[0] for line in done.stdout.splitlines()]
    for step in ("read", "check", "read + check, one process a file", "merge", "merge: write xlsx and csv", "report"):
        assert step in steps
    assert "rows, alternative: " in done.stdout


def it_counts_what_was_detected_missed_and_said_beside_it():
    from benchmarks.mutations import line

    mutation = Mutation("blank", "mal.id", (), frozenset({("FALT-SAKNAS", "Mål!B6")}))
    found = {("FALT-SAKNAS", "Mål!B6")}
    said = [found, set(), {*found, ("REF-SAKNAS", "Mål!C6")}, {("FALT-TAL", "Mål!B6")}]
    outcomes = [Outcome(mutation, frozenset(one)) for one in said]
    assert line("blank", outcomes).split() == ["blank", "4", "2", "2", "2"]


@pytest.mark.slow
def it_prints_every_ledger_format_beside_pandas_with_the_same_sums():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ledgers", "--small"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    for form in ("csv", "xlsx", "se"):
        assert f"{form}: 20000 transactions, sums by code are the same" in done.stdout


def it_writes_the_cells_of_a_template_bare():
    import io
    import pickle

    import openpyxl

    from benchmarks.templates import _bare, cells_of_a_template

    cells, size = cells_of_a_template()
    assert size < 250_000
    bare = openpyxl.load_workbook(io.BytesIO(_bare(pickle.loads(pickle.dumps(cells)))))
    assert bare.sheetnames == list(cells)
    assert bare["Ekonomi"]["C5"].value == "Verksamhetskod *"
    assert bare["Kontroll"]["B2"].value.startswith("=IF(")
