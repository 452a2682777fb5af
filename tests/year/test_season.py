"""Seasons of sending, each run compared with the model in `season.py`; many more by `python -m tests.year.season`."""

from __future__ import annotations

from copy import deepcopy

import pytest

from tests.conftest import CLEAN
from tests.year import season
from toolkit.analysis import comparison
from toolkit.year.workspace import Workspace

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def ground(year, small_workbook, tmp_path_factory):
    space = Workspace(tmp_path_factory.mktemp("sasong"), 2020)
    return season.begin(year, space, small_workbook, deepcopy(CLEAN))


def played(ground, moves):
    game = season.Season(ground.year, ground.space, ground.base, judged=ground.judged)
    game.play(moves)
    return game


class DescribeASeason:
    @pytest.mark.parametrize("seed", range(6))
    def it_ends_as_the_model_says_after_every_round(self, ground, seed):
        played(ground, season.moves_of(seed))

    def it_has_all_kinds_of_moves_and_all_faults(self):
        moves = [move for seed in range(6) for move in season.moves_of(seed)]
        assert {move[1] for move in moves} == set(range(len(season.MOVES)))


class DescribeTheModel:
    """It sees a program that forgets: the same seasons do not end well with it."""

    @pytest.mark.parametrize(
        "spoil", [lambda year, found, *_: found, None], ids=["answers", "descent"]
    )
    def it_sees_what_is_forgotten(self, ground, monkeypatch, spoil):
        if spoil:
            monkeypatch.setattr(comparison, "_with_earlier_answers", spoil)
        else:
            monkeypatch.setattr("toolkit.analysis.precedence.descends", lambda *_: False)
        with pytest.raises(AssertionError):
            for seed in range(25):
                played(ground, season.moves_of(seed))

    def it_makes_a_season_shorter_as_long_as_it_goes_wrong(self):
        moves = season.moves_of(1)
        kept = [moves[2], moves[5]]
        assert season.shorter(moves, lambda left: all(one in left for one in kept)) == kept
