"""The benchmark can be run; what it measures is for people to read, never for a test to judge."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT


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
