"""Work on files by a Dask cluster of two processes: what it gives, what it costs when something dies, and whom it
trusts."""

from __future__ import annotations

import io
import pickle
import platform
import subprocess
import sys

import pytest

from tests.files.dask_cluster import answer_of, asked, cluster_of, until
from toolkit.files import cluster as cluster_module
from toolkit.files.cluster import connected
from toolkit.files.errand import OTHER_PROGRAM, Errand, Shared, carry_out, heard, say
from toolkit.files.errors import CannotBeDone
from toolkit.files.plain import unpacked

pytest.importorskip("distributed", reason="the extra dask is not installed")


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    with cluster_of(tmp_path_factory.mktemp("cluster"), 2) as started:
        yield started


def told(shared, errand):
    """What a process for errands answers."""
    given, out = io.BytesIO(), io.BytesIO()
    say(given, pickle.dumps(shared) if not isinstance(shared, bytes) else shared)
    say(given, pickle.dumps(errand) if not isinstance(errand, bytes) else errand)
    given.seek(0)
    carry_out(given, out)
    out.seek(0)
    return heard(out)


HERE = platform.python_version()


class DescribeErrands:
    def it_answers_with_the_outcome(self):
        answer = told(Shared(platform.python_version, HERE, (4,)), Errand(divmod, (9,), 10.0))
        assert unpacked(answer).result == (2, 1)

    def it_does_nothing_for_another_program(self):
        answer = told(Shared(platform.python_version, "another", (4,)), Errand(divmod, (9,), 10.0))
        assert answer == OTHER_PROGRAM

    @pytest.mark.parametrize("unknown", [b"cnowhere\nnothing\n.", b"", b"\x80"])
    def it_does_nothing_that_it_does_not_know(self, unknown):
        same = Shared(platform.python_version, HERE)
        assert told(same, unknown) == told(unknown, Errand(len, (b"",), 1.0)) == OTHER_PROGRAM

    def it_gives_no_part_of_a_message(self):
        whole = io.BytesIO()
        say(whole, b"message")
        for size in range(len(whole.getvalue())):
            assert heard(io.BytesIO(whole.getvalue()[:size])) is None

    def it_keeps_what_is_printed_out_of_the_answers(self):
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "toolkit.files.errand"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for message in (
            pickle.dumps(Shared(platform.python_version, HERE)),
            pickle.dumps(Errand(print, ("noise",), 10.0)),
        ):
            say(process.stdin, message)
        assert unpacked(heard(process.stdout)).failure is None
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.slow
class DescribeACluster:
    def it_gives_outcomes_in_the_order_of_the_jobs(self, two):
        assert answer_of(asked(two, "of_some_bytes")) == [[3, 0, 2_000_000, 5], 0]

    def it_sends_what_is_shared_beside_each(self, two):
        assert answer_of(asked(two, "what_is_shared")) == [[[1, 3], [2, 1], [2, 3]], 0]

    def it_has_the_limits_that_it_would_have_here(self, two):
        given, here = answer_of(asked(two, "what_fails"))
        assert given == [
            ["None", "crashed"],
            ["None", "slow"], ["None", None],
            ["None", "crashed"], [r"b'\x00\x00'", None],
            ["None", "TypeError"],
        ]  # fmt: skip
        assert here == 0
        assert all(worker.poll() is None for worker in two.workers)

    def it_takes_no_more_jobs_than_it_can_have_at_once(self, two):
        (first, every), _ = answer_of(asked(two, "how_many_are_taken"))
        assert (first, every) == (2 * 2 + 1, 50)

    def it_does_the_rest_here_when_all_workers_are_gone(self, tmp_path):
        with cluster_of(tmp_path, 1) as one:
            process = asked(one, "with_all_workers_dead")
            assert process.stdout.readline() == "ready\n"
            one.workers[0].kill()
            one.scheduler.kill()
            assert answer_of(process, "go\n") == [[2, 3], 2]


class DescribeWhomItTrusts:
    @pytest.mark.parametrize(
        "address",
        ["", "klustret", "dask://", "dask://host", "dask://host:x", "http://host:80", "dask://host:8786/path"],
    )  # fmt: skip
    def it_says_how_an_address_is_written(self, address):
        with pytest.raises(CannotBeDone) as told:
            connected(address, platform.python_version)
        assert (told.value.name, told.value.values) == ("fel.kluster.adress", {"address": address})

    def it_says_that_the_extra_is_missing(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(CannotBeDone, match=r"fel\.kluster\.tillagg"):
            connected("dask://127.0.0.1:1", platform.python_version)

    def it_waits_while_the_program_is_exchanged(self):
        with pytest.raises(CannotBeDone, match=r"fel\.kluster\.byts"):
            connected("dask://127.0.0.1:1", lambda: None)

    @pytest.mark.slow
    def it_says_that_nobody_answers(self):
        code = (
            "import platform; from toolkit.files import cluster\n"
            "cluster._CONNECT = 1.0\n"
            "try:\n    cluster.connected('dask://127.0.0.1:1', platform.python_version)\n"
            "except Exception as error:\n    print(error)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
        )
        assert (done.stdout, done.stderr) == ("fel.kluster.nas\n", "")

    @pytest.mark.slow
    def it_takes_no_workers_with_another_program(self, two):
        """The folder that each is started in stands for the print of the program."""
        code = (
            "import os, sys; from toolkit.files.cluster import connected\n"
            "try:\n    connected(sys.argv[1], os.getcwd)\n"
            "except Exception as error:\n    print(error.name, error.values['workers'].count('tcp://'))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, two.address], capture_output=True, text=True, timeout=120, check=True, cwd="/"
        )  # fmt: skip
        assert (done.stdout, done.stderr) == ("fel.kluster.annat 2\n", "")

    @pytest.mark.slow
    def it_says_that_there_are_no_workers(self, tmp_path):
        with cluster_of(tmp_path, 0) as none:
            code = (
                "import platform, sys; from toolkit.files.cluster import connected\n"
                "try:\n    connected(sys.argv[1], platform.python_version)\n"
                "except Exception as error:\n    print(error.name)\n"
            )
            log = next(none.folder.glob("scheduler-*.txt"))
            until(lambda: "Scheduler at" in log.read_text())
            done = subprocess.run(
                [sys.executable, "-c", code, none.address], capture_output=True, text=True, timeout=120, check=True
            )  # fmt: skip
        assert (done.stdout, done.stderr) == ("fel.kluster.tomt\n", "")

    def it_reads_values_and_unpickles_nothing(self):
        for answer in (pickle.dumps(print), b"", OTHER_PROGRAM, None, 3, "text", b"x" * 30):
            assert cluster_module._understood(answer) is None
