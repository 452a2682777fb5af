"""Sums, differences and verdicts beside a second implementation that knows nothing of the code. The suite
looks at some years; `python -m tests.analysis.years` looks at two thousand."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.analysis import oracle, years

SOME = range(40)


class DescribeGeneratedYears:
    @pytest.mark.parametrize("first", SOME[::10])
    def it_comes_to_what_the_oracle_comes_to(self, first):
        found = [one for seed in range(first, first + 10) for one in years.disagreements(seed)]
        assert found == []

    def it_has_every_verdict_of_the_table_among_them(self):
        counties = [one for seed in range(300) for one in years.made_year(seed).values()]
        verdicts = Counter(map(oracle.verdict, counties))
        assert verdicts.keys() == {
            "ej_inkommen", "kan_inte_bedomas", "motsags", "delvis", "sarredovisat",
            "sammanslaget", "noll", "ej_med_skal", "ej_redovisat",
        }  # fmt: skip
        assert min(verdicts.values()) > 10

    def it_has_differences_that_a_net_would_hide(self):
        counties = [one for seed in range(300) for one in years.made_year(seed).values()]
        cuts = [oracle.compared(one, "code", years.CODES["code"]) for one in counties]
        nets = [sum(ledger - told for told, ledger, _ in cut.values() if ledger is not None) for cut in cuts]  # fmt: skip
        hidden = [one for one, net in zip(counties, nets, strict=True)
                  if not net and oracle.differences(one, "code", years.CODES["code"])]  # fmt: skip
        assert len(hidden) > 10
