"""Which of a file's dates are asked about, since another has its month first."""

from __future__ import annotations

import pytest

from toolkit.read.collapse import collapsed
from toolkit.read.month_first import with_doubtful_days
from toolkit.read.remarks import Concern, Remark
from toolkit.words.cells import CellRef
from toolkit.words.periods import is_impossible_date, read_date


def on_date(row, written):
    """What reading remarks on a date that stands as text."""
    found, ref = read_date(written), CellRef("Köp", row, 6)
    code = "FALT-OMOJLIGT-DATUM" if is_impossible_date(written) else "FALT-DATUM"
    told = {"label": "Dag", "value": written, "cell": ref}
    if found:
        code, told = "NOT-DATUM", {**told, "read": found.value.isoformat()}
    return Remark(code, Concern.WRITING, told, "kop", "dag", (ref,))


def asked(*written):
    """The dates that are asked about, with their other reading."""
    remarks = with_doubtful_days([on_date(row, one) for row, one in enumerate(written)])
    doubtful = [one for one in remarks if one.code == "FALT-TVETYDIGT"]
    assert {one.concern for one in doubtful} <= {Concern.CELL}
    return [(one.parameters["value"], one.parameters["other"]) for one in doubtful]


class DescribeDatesOfAFile:
    @pytest.mark.parametrize(
        "proof", ["02/25/2020", "12/31/2020", "2-13-2020", "3/15 2020", "02/25/20", "02.25.2020"]
    )
    def it_asks_about_those_that_can_be_read_in_both_ways(self, proof):
        assert asked("01/02/2020", proof, "13/1/2020", "5.6.2020", "2020-01-02", "4/4/2020", "1 februari 2020") == [
            ("01/02/2020", "2020-01-02"), ("5.6.2020", "2020-05-06"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "proof",
        [
            "25/02/2020",
            "02/30/2020",
            "2020-02-30",
            "13/13/2020",
            "våren",
            "2020-13-01",
            "0/25/2020",
        ],
    )
    def it_asks_about_none_where_no_month_can_stand_first(self, proof):
        assert asked("01/02/2020", proof) == []

    def it_asks_once_about_many_in_a_column(self):
        remarks = [on_date(row, f"0{row}/02/2020") for row in (1, 3, 4)]
        told = list(collapsed(with_doubtful_days([*remarks, on_date(9, "02/25/2020")])))
        assert [(one.code, len(one.refs)) for one in told] == [
            ("FALT-TVETYDIGT", 3),
            ("FALT-OMOJLIGT-DATUM", 1),
        ]
        assert told[0].parameters["what"].key == "tvetydig_dag_flera"
