"""A fault of ours: where it happened, and never what it said."""

from __future__ import annotations

import os
import pickle

import pytest

from toolkit.files.sandbox import run_each
from toolkit.files.toolfault import fault_of, shown_file
from toolkit.words.cells import CellRef

SECRET = "811228-9874"


def fail(word):
    if word == "fails":
        raise KeyError(SECRET)
    if word == "is full":
        raise MemoryError
    if word == "dies":
        os._exit(3)
    return word


def raised(work):
    with pytest.raises(Exception) as caught:
        work()
    return fault_of(caught.value)


class DescribeAFaultOfOurs:
    def it_holds_the_class_and_the_places_in_code(self):
        fault = raised(lambda: fail("fails"))
        assert fault.kind == "KeyError"
        last = fault.places[-1]
        assert (last.file, last.function) == ("tests/files/test_toolfault.py", "fail")
        assert last.source == "raise KeyError(SECRET)"
        assert last.line > 1

    def it_never_holds_what_the_exception_said(self):
        fault = raised(lambda: fail("fails"))
        assert SECRET not in str(fault) + repr(fault)
        assert str(fault).splitlines()[-1] == "KeyError"

    def it_tells_what_it_came_of_without_its_words(self):
        def again():
            try:
                fail("fails")
            except KeyError as error:
                raise ValueError(SECRET) from error

        fault = raised(again)
        assert (fault.kind, fault.cause.kind) == ("ValueError", "KeyError")
        assert SECRET not in str(fault)
        assert str(fault).startswith("Traceback (most recent call last):\n")

    def it_leaves_out_what_was_set_aside(self):
        def aside():
            try:
                fail("fails")
            except KeyError:
                raise ValueError from None

        assert raised(aside).cause is None

    def it_comes_to_an_end_where_causes_lead_in_a_circle(self):
        def round_and_round():
            one, other = ValueError(), KeyError()
            one.__cause__, other.__cause__ = other, one
            raise one

        assert raised(round_and_round).cause.cause is None

    def it_can_be_sent_between_processes(self):
        fault = raised(lambda: fail("fails"))
        assert pickle.loads(pickle.dumps(fault)) == fault

    def it_names_a_file_without_the_folders_of_the_machine(self):
        assert shown_file(CellRef.__module__) == "toolkit.words.cells"
        assert shown_file(pytest.__file__) == "pytest/__init__.py"
        assert shown_file("/någon/annanstans/kod.py") == "kod.py"


class DescribeAChildWithAFault:
    def it_is_neither_dead_nor_late(self):
        (outcome,) = run_each(fail, [("fails",)])
        assert (outcome.result, outcome.failure) == (None, "fault")
        assert outcome.fault.kind == "KeyError"
        assert outcome.fault.places[-1].function == "fail"

    def it_loses_only_its_own_job(self):
        outcomes = list(run_each(fail, [("a",), ("fails",), ("dies",), ("b",)]))
        assert [(one.result, one.failure) for one in outcomes] == [
            ("a", None),
            (None, "fault"),
            (None, "crashed"),
            ("b", None),
        ]

    def it_has_crashed_where_the_memory_was_at_its_limit(self):
        (outcome,) = run_each(fail, [("is full",)])
        assert (outcome.failure, outcome.fault) == ("crashed", None)
