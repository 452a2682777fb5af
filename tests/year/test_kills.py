"""That the command which kills runs (tests/year/kills.py) would see what is broken, lost or made otherwise. The kills
themselves take minutes, and are played by hand."""

from __future__ import annotations

from tests.year.kills import STAGES, Length, amiss_after, differing, kills_of

ONE, OTHER = {"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9"}


class DescribeWhatIsAmiss:
    def it_is_nothing_where_every_file_is_whole_old_or_new(self):
        now = {"a": "1", "b": "2", "ut/.lansrapport-11aa22bb-1-33cc44dd": "8"}
        assert list(amiss_after(OTHER, now, (ONE, OTHER))) == []

    def it_is_a_file_that_is_neither_and_one_that_is_gone(self):
        assert list(amiss_after(OTHER, {"b": "half"}, (ONE, OTHER))) == ["broken: b", "lost: a"]

    def it_is_no_loss_of_what_the_other_version_does_not_have(self):
        assert list(amiss_after(ONE, OTHER, (ONE, OTHER))) == []

    def it_is_every_difference_after_a_run_that_was_left_alone(self):
        assert list(differing({"a": "2", "x": "1"}, {"a": "1", "b": "2"})) == [
            "other bytes: a", "other bytes: b", "other bytes: x",
        ]  # fmt: skip


class DescribeTheKills:
    def it_reaches_every_stage_of_every_write_and_moments_by_chance(self):
        found = kills_of(100, Length(4, 9.0), Length(6, 5.0), seed=1)
        assert len(found) == 100
        later = {(one.stage, one.write) for one in found if one.stage and not one.anew}
        assert later == {(stage, write) for stage in STAGES for write in range(1, 7)}
        moments = [one.after for one in found if not one.stage and not one.anew]
        assert len(moments) == 75 - len(later) and 0 <= min(moments) < max(moments) <= 5.0
