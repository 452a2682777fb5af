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
