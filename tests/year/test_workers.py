"""`run --workers`: the same bytes as without, whatever becomes of the workers meanwhile."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.files.dask_cluster import LATE, cluster_of, until
from toolkit.files.prints import tree_prints
from toolkit.year import ledgers
from toolkit.year.inputs import Inputs
from toolkit.year.workspace import Workspace

pytest.importorskip("distributed", reason="the extra dask is not installed")

RUN = [str(Path(sys.executable).with_name("lansrapport")), "run", "2020", "--root"]
BROKEN = "inputs/2020/submissions/skräp.xlsx"


@pytest.fixture
def folders(tmp_path):
    """Two folders with the example year's inputs, a file that no workbook is, and nothing of other years'."""
    for name in ("alone", "helped"):
        for part in ("templates", "inputs/2020"):
            shutil.copytree(ROOT / part, tmp_path / name / part)
        (tmp_path / name / BROKEN).write_bytes(b"PK\3\4" + bytes(range(256)) * 40)
    return tmp_path / "alone", tmp_path / "helped"


def outputs(root):
    return tree_prints(root / "outputs", {".minne"})


def begun(root, home, *more):
    """Each with a home, and so a memory, of its own."""
    told = {**os.environ, "XDG_STATE_HOME": str(home), "LC_ALL": "C.UTF-8"}
    pipe = subprocess.PIPE
    return subprocess.Popen([*RUN, str(root), *more], stdout=pipe, stderr=pipe, text=True, env=told)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are looked for in /proc")
class DescribeARunWithWorkers:
    def it_writes_the_same_bytes_also_when_one_is_killed_at_work(self, folders, tmp_path):
        alone, helped = folders
        first = begun(alone, tmp_path / "a")
        said = first.communicate(timeout=600)
        with cluster_of(tmp_path, 2) as two:
            second = begun(helped, tmp_path / "b", "--workers", two.address)
            until(lambda: len(two.busy()) == 2)
            killed, other = two.workers
            killed.kill()
            heard = second.communicate(timeout=600)
            assert other.poll() is None
        assert first.returncode == second.returncode == 1
        assert (heard[0].replace("helped", "alone"), heard[1]) == said
        assert outputs(helped) == outputs(alone)
        assert len(outputs(alone)) > 100

    def it_is_told_before_anything_is_written_that_nobody_answers(self, folders, tmp_path):
        alone, _ = folders
        process = begun(alone, tmp_path / "a", "--workers", "dask://127.0.0.1:1")
        _, told = process.communicate(timeout=LATE)
        assert process.returncode == 2
        assert told.startswith("Det gick inte: Klustret dask://127.0.0.1:1 svarar inte.")
        assert "Traceback" not in told
        assert not [name for name in outputs(alone) if not name.endswith("/")]


class DescribeLedgersThatAreSent:
    def it_sends_bytes_and_reads_the_large_ones_here(self, tmp_path, year, monkeypatch):
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        shutil.copytree(ROOT / "inputs/2020/ledgers", tmp_path / "inputs/2020/ledgers")
        plain = Workspace(tmp_path, 2020)
        paths = plain.ledgers()
        sizes = sorted(path.stat().st_size for path in paths)
        monkeypatch.setattr(ledgers, "MOST_SENT", sizes[len(sizes) // 2])
        sent = []

        def workers(work, jobs, shared=(), seconds=None):
            for job in jobs:
                sent.append(job)
                yield ledgers.Outcome(work(*job, *shared))

        helped = Workspace(tmp_path, 2020, workers=workers)
        assert ledgers.read_ledgers(helped, year) == ledgers.read_ledgers(plain, year)
        assert all(isinstance(data, bytes) and isinstance(name, str) for data, name in sent)
        assert 0 < len(sent) < len(paths)


class DescribeWhoJudges:
    def it_hands_over_bytes_and_names_alone(self, tmp_path, year):
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        folder = tmp_path / "inputs/2020/submissions"
        folder.mkdir(parents=True)
        source = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))[:2]
        for path in source:
            shutil.copy(path, folder)
        sent = []

        def workers(work, jobs, shared=(), seconds=None):
            for job in jobs:
                sent.append(job)
                yield ledgers.Outcome(work(*job, *shared))

        inputs = Inputs(Workspace(tmp_path, 2020, workers=workers))
        found = inputs.judged(inputs.space.submissions(), lambda: None)
        assert sent == [(path.read_bytes(), path.name) for path in source]
        assert [one.found.file for one in found] == [path.name for path in source]
