"""How many persons a text tells of, however it is put: before the word, after it, in parts."""

from __future__ import annotations

import pytest

from toolkit.words.persons import person_counts

NOUNS = {"person", "personer", "personerna", "kvinna", "kvinnor", "kvinnorna", "man", "män", "barn"}


def numbers(text):
    return [one.number for one in person_counts(text, NOUNS)]


class DescribeANumberOfPersons:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("Tre personer fick stöd.", [3]),
            ("Antal personer: 3.", [3]),
            ("Antal personer (3) är lågt.", [3]),
            ("Antalet personer var tre.", [3]),
            ("Antalet personer uppgick till 3 under året.", [3]),
            ("Kvinnorna var bara tre till antalet.", [3]),
            ("personer = 4", [4]),
            ("Antal personer i länet genom Mika: tre.", [3]),
            ("Två kvinnor och två män fick stöd.", [2, 2, 4]),
            ("Tre kvinnor från länet samt en man.", [3, 1, 4]),
            ("En kvinna, två män och ett barn.", [1, 2, 1, 4]),
        ],
    )
    def it_is_told(self, text, told):
        assert numbers(text) == told

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("Fem personer, varav två kvinnor, kom.", [5, 2]),
            ("Tre kvinnor kom. En man kom.", [3, 1]),
            ("Personerna var 15–20 år.", []),
            ("Kvinnorna var två månader i länet.", []),
            ("Personer: 3 kommuner.", []),
            ("Kvinnorna var en utsatt grupp.", []),
        ],
    )
    def it_is_no_more_than_what_is_said(self, text, told):
        assert numbers(text) == told

    def it_is_told_with_its_words(self):
        found = [one.words for one in person_counts("Där fick två kvinnor och en man stöd.", NOUNS)]
        assert found == ["två kvinnor", "en man", "två kvinnor och en man"]
