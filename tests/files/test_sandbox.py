"""Jobs in child processes of their own: in order, a few at a time, and only what fails is lost."""

from __future__ import annotations

import multiprocessing
import os
import time

import pytest

from toolkit.files import sandbox
from toolkit.files.sandbox import run_each


def act(word):
    if word == "dies":
        os._exit(3)
    if word == "leaves another":
        if os.fork():
            os._exit(3)
        time.sleep(30)
    if word == "hangs":
        time.sleep(60)
    if word == "is late":
        time.sleep(0.3)
    return word * 200_000 if word == "is large" else word


@pytest.mark.whole
class DescribeManyJobs:
    def it_gives_the_outcomes_in_the_order_of_the_jobs(self):
        words = ["is late", "a", "is large", "b", "c", "is late", "d"]
        results = [outcome.result for outcome in run_each(act, [(word,) for word in words])]
        assert results == [act(word) if word == "is large" else word for word in words]

    def it_loses_only_the_job_that_dies_or_takes_too_long(self):
        words = ["a", "dies", "b", "hangs", "c", "dies"]
        outcomes = list(run_each(act, [(word,) for word in words], 3.0))
        assert [(outcome.result, outcome.failure) for outcome in outcomes] == [
            ("a", None), (None, "crashed"), ("b", None), (None, "slow"), ("c", None), (None, "crashed"),
        ]  # fmt: skip

    def it_gives_nothing_for_no_jobs(self):
        assert list(run_each(act, [])) == []

    def it_stops_what_is_running_when_nobody_wants_the_rest(self):
        before = set(multiprocessing.active_children())
        outcomes = run_each(act, [("a",), ("hangs",), ("hangs",), ("hangs",)])
        assert next(outcomes).result == "a"
        outcomes.close()
        assert set(multiprocessing.active_children()) <= before

    @pytest.mark.skipif(
        "forkserver" not in multiprocessing.get_all_start_methods(), reason="no server of processes"
    )
    def it_does_the_same_where_a_process_cannot_be_copied(self, monkeypatch):
        monkeypatch.setattr(sandbox, "_can_fork", lambda: False)
        outcomes = list(run_each(act, [("a",), ("dies",), ("b",)]))
        assert [outcome.result for outcome in outcomes] == ["a", None, "b"]

    @pytest.mark.skipif(
        "forkserver" not in multiprocessing.get_all_start_methods(), reason="no server of processes"
    )
    def it_sees_that_one_has_died_while_another_has_its_pipe_open(self, monkeypatch):
        monkeypatch.setattr(sandbox, "_can_fork", lambda: False)
        began = time.monotonic()
        outcomes = list(run_each(act, [("leaves another",), ("a",)], 25.0))
        assert [(one.result, one.failure) for one in outcomes] == [(None, "crashed"), ("a", None)]
        assert time.monotonic() - began < 20


class Dying:
    """A process whose files the system has closed, and which is not gone yet."""

    def is_alive(self):
        return True

    def kill(self):
        pass

    join = kill


class DescribeOneThatDies:
    @pytest.mark.parametrize(("seconds", "failure"), [(60.0, "crashed"), (-1.0, "slow")])
    def it_is_slow_only_when_its_time_is_out(self, seconds, failure):
        receiver, sender = multiprocessing.Pipe(duplex=False)  # open still: nothing has come
        child = sandbox._Child(0, Dying(), receiver, time.monotonic() + seconds)
        assert sandbox._outcome(child).failure == failure
        sender.close()
