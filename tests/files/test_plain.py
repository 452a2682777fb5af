"""Values as bytes and back, and nothing but values."""

from __future__ import annotations

import datetime
import os
import pickle
import subprocess
import zlib
from decimal import Decimal
from pathlib import Path

import pytest

from toolkit.files.plain import NotPlain, packed, unpacked
from toolkit.findings.finding import Finding, Severity
from toolkit.returns.submission import Missing
from toolkit.words.cells import CellRef

DAY = datetime.date(2020, 2, 29)


class Stranger:
    """A class of nobody's."""


class Runs:
    """What pickle does for whoever asks: calls what it is told."""

    def __init__(self, call, *given):
        self.told = call, given

    def __reduce__(self):
        return self.told


class DescribeAValue:
    @pytest.mark.parametrize(
        "value",
        [
            None, True, 0, -(2**70), 1.5, -0.0, "å\ud800", b"\0", Decimal("-0.10"), DAY, Missing.BLANK, Severity.QUERY,
            (1, "a", (Decimal(2),)), [1], {"a": (1,), ("b", "c"): DAY}, frozenset({"a", "b"}), CellRef("Ekonomi", 6, 11),
            datetime.datetime(2020, 1, 1, 12, 30), datetime.time(1, 2), datetime.timedelta(1),
            Finding("A", Severity.ERROR, "m", "h", refs=(CellRef("Mål", 6, 3),), parameters=(("a", "b"),)),
        ],
    )  # fmt: skip
    def it_comes_back_as_it_was(self, value):
        back = unpacked(packed(value))
        assert back == value
        assert type(back) is type(value)
        assert repr(back) == repr(value)

    def it_is_the_very_same_where_there_is_but_one(self):
        assert unpacked(packed(Missing.UNKNOWN)) is Missing.UNKNOWN

    def it_keeps_what_is_not_compared(self):
        finding = Finding("A", Severity.ERROR, "m", "h", parameters=(("a", "b"),))
        assert unpacked(packed(finding)).parameters == (("a", "b"),)

    @pytest.mark.parametrize(
        "name", ["Redovisning Skåne 2020.xlsx", "Redovisning Blekinge 2020.xlsx"]
    )
    def it_may_be_a_whole_return(self, example_returns, name):
        found = next(one for one in example_returns if one.file == name)
        back = unpacked(packed(found))
        assert back == found
        assert repr(back) == repr(found)

    @pytest.mark.parametrize("value", [Stranger(), Path("a"), lambda: 0, os.system, open, object()])
    def it_is_refused_where_it_is_none_of_ours(self, value):
        with pytest.raises(NotPlain):
            packed(value)


class DescribeBytesFromElsewhere:
    @pytest.mark.parametrize(
        ("call", "given"),
        [
            (os.system, ("true",)), (eval, ("1",)), (exec, ("1",)), (getattr, ("a", "upper")), (open, (os.devnull,)),
            (subprocess.Popen, (["true"],)), (Path, ("a",)), (__import__, ("os",)), (bytearray, (8,)),
        ],
    )  # fmt: skip
    def it_calls_nothing(self, call, given):
        with pytest.raises(NotPlain):
            unpacked(zlib.compress(pickle.dumps(Runs(call, *given))))

    @pytest.mark.parametrize(
        ("module", "name"),
        [
            ("toolkit.files.sandbox", "run_each"), ("toolkit.files.sandbox", "os"), ("toolkit.files.sandbox", "os.system"),
            ("toolkit.files.sandbox", "Path"), ("toolkit.files.atomic", "publish"), ("toolkit.files.errors", "CannotBeDone"),
            ("toolkit.files.memory", "Store.put"), ("os", "system"), ("toolkit", "os"), ("toolkit.returns.submission", "Finding"),
        ],
    )  # fmt: skip
    def it_looks_up_nothing_but_classes_that_hold_values(self, module, name):
        asks = (
            b"\x80\x04"
            + f"\x8c{chr(len(module))}{module}\x8c{chr(len(name))}{name}".encode("latin-1")
            + b"\x93."
        )
        with pytest.raises(NotPlain):
            unpacked(zlib.compress(asks))

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"abc",
            zlib.compress(b""),
            zlib.compress(b"\x80\x05"),
            zlib.compress(b"cos\nsystem\n."),
        ],
    )
    def it_is_told_from_values(self, data):
        with pytest.raises(NotPlain):
            unpacked(data)
