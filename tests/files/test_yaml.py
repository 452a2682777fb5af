"""YAML that knows its lines."""

from __future__ import annotations

import pytest

from toolkit.files.yaml import SpecError, read_yaml

TEXT = """\
blad:
  - id: mal
    rubrik: Mål
  - id: ekonomi
tomt:
"""


class DescribeTheLines:
    @pytest.mark.parametrize(
        ("place", "line"),
        [
            (("blad",), 1),
            (("blad", 0, "rubrik"), 3),
            (("blad", 1), 4),
            (("blad", 1, "finns", "inte"), 4),
            (("tomt",), 5),
            (("annat",), 1),
        ],
    )
    def it_knows_the_line_of_a_place_or_of_what_is_around_it(self, place, line):
        assert read_yaml(TEXT, "a.yaml").line_of(place) == line

    def it_gives_plain_data(self):
        data = read_yaml(TEXT, "a.yaml").data
        assert data == {"blad": [{"id": "mal", "rubrik": "Mål"}, {"id": "ekonomi"}], "tomt": None}

    def it_takes_an_empty_file_for_nothing(self):
        assert read_yaml("# bara en kommentar\n", "a.yaml").data == {}


class DescribeWhatCannotBeRead:
    def it_is_a_key_that_stands_twice(self):
        with pytest.raises(SpecError, match=r"a\.yaml, rad 3: ”a” står redan på rad 1"):
            read_yaml("a: 1\nb: 2\na: 3\n", "a.yaml")

    def it_is_what_is_no_yaml(self):
        with pytest.raises(SpecError, match=r"^a\.yaml, rad 3: "):
            read_yaml("a: 1\nb: [2\n", "a.yaml")

    def it_makes_nothing_of_a_tag(self):
        with pytest.raises(SpecError, match=r"a\.yaml, rad 1: "):
            read_yaml("a: !!python/object:os.system {}\n", "a.yaml")
