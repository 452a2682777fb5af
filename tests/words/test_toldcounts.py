"""What a text tells of few persons, against sentences that were labelled by hand."""

from __future__ import annotations

import pytest

from tests.words.labelled import INNOCENT, LEAKS
from toolkit.spec.roles import INDICATORS
from toolkit.words.subjects import subjects_of
from toolkit.words.toldcounts import told_counts


@pytest.fixture(scope="module")
def asked(year):
    codes = year.spec.list_of(INDICATORS).codes
    subjects = subjects_of(one.label for one in codes if one.as_indicator.counts_persons)

    def of(number, text):
        found = told_counts(text, year.spec.person_words, subjects, least=5)
        return any(one.tells(number) for one in found)

    return of


class DescribeSentencesThatTellAFewPersons:
    def it_is_a_list_both_ways(self):
        assert len(LEAKS) >= 80
        assert len(INNOCENT) >= 75

    def it_finds_all_of_them_and_but_one_other(self, asked):
        """Recall 88 of 88, precision 88 of 89; when first tried 88 of 92."""
        missed = [one for one in LEAKS if not asked(*one)]
        wrong = [one for one in INNOCENT if asked(*one)]
        assert missed == []
        # Persons between the things and the number: it could as well be of them.
        assert wrong == [(2, "Fyra kommuner har rutin för barn, året före två.")]
