"""The attacks of tests/attacks: none hangs a reader, fills the memory, is read as something else, or meets a fault of ours.
All of them with `python -m tests.attacks`; here those that once did, and in a slow test every one."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from tests.attacks.recipes import attacks, clean
from tests.attacks.treated import REFUSED, STOPPED, fates
from tests.attacks.zips import bomb, entry, package
from tests.sampled import ALL
from toolkit.files.zip import read_package, read_part
from toolkit.read import Unreadable, read_raw

ONCE = {
    "bomb som säger sig vara liten": "FIL-SKADAD",  # 807 MB
    "kolumn 'ZZZZZZZ'": "FIL-FARLIG",  # the process was aborted
    "1 500 blad": "FIL-FARLIG",  # the same sheet read 1 500 times: half a minute and more
}
SECONDS, MEGABYTES = 10.0, 512
ABORTED = {"FF i åttondel 1"}
"""Those of which a reader still dies, in its own process: the file is told to be damaged."""


class DescribeThePackagesOfTheAttacks:
    """A second reader says that they are what they are meant to be."""

    def it_is_in_order_where_nothing_is_told_otherwise(self):
        made = package([entry("a.xml", b"<a/>" * 99), entry("b", b"")], comment=b"c")
        with zipfile.ZipFile(io.BytesIO(made)) as opened:
            assert opened.testzip() is None
            assert {one: opened.read(one) for one in opened.namelist()} == {
                "a.xml": b"<a/>" * 99,
                "b": b"",
            }

    def it_makes_at_least_150_by_different_names(self):
        assert len({(one.kind, one.name) for one in attacks()}) == len(attacks()) >= 150


class DescribeAPartThatHoldsMoreThanItSays:
    @pytest.mark.parametrize("said", [0, 100, 70_000])
    def it_is_not_unpacked_beyond_that(self, said):
        data = package([bomb("a.xml", 60, said)])
        tracemalloc.start()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened, pytest.raises(zipfile.BadZipFile):
                read_part(opened, opened.getinfo("a.xml"))
            with pytest.raises(zipfile.BadZipFile):
                read_package(data)
            assert tracemalloc.get_traced_memory()[1] < 2 << 20
        finally:
            tracemalloc.stop()

    def it_is_whole_when_it_holds_what_it_says(self):
        with zipfile.ZipFile(io.BytesIO(clean())) as opened:
            for one in opened.infolist():
                assert read_part(opened, one) == opened.read(one)


class DescribeWhatOnceHurt:
    @pytest.mark.parametrize("name", ONCE)
    def it_is_refused_before_any_reader(self, name):
        (attack,) = (one for one in attacks() if one.name == name)
        with pytest.raises(Unreadable) as told:
            read_raw(attack.make())
        assert told.value.code == ONCE[name]


@pytest.mark.slow
@pytest.mark.skipif(
    not ALL, reason="minutes: all of them by `make test-all` and `python -m tests.attacks`"
)
class DescribeEveryAttack:
    @pytest.mark.parametrize("kind", sorted({one.kind for one in attacks()}))
    def it_ends_soon_in_little_memory_and_is_told_as_it_is(self, kind):
        found = list(fates(one for one in attacks() if one.kind == kind))
        assert [one for one in found if one.is_amiss] == []
        assert {one.attack.name for one in found if one.word == STOPPED} <= ABORTED
        ended = [one for one in found if one.word != STOPPED]
        assert max(one.seconds for one in ended) < SECONDS
        assert max(one.memory for one in ended) < MEGABYTES
        assert all(one.code for one in found if one.word == REFUSED)
