"""Sources in short: named together, cited, and found again in a list of references."""

from __future__ import annotations

import pytest

from toolkit.words.sources import Source, cite, join_sources


class DescribeSourcesNamedTogether:
    @pytest.mark.parametrize(
        ("names", "said"),
        [
            ([], ""),
            (["Regleringsbrev 2026"], "Regleringsbrev 2026"),
            (["Regleringsbrev 2024", "Regleringsbrev 2026"], "Regleringsbrev 2024; 2026"),
            (
                ["Socialdepartementet 2016", "Socialdepartementet 2017", "Arbetsmarknadsdepartementet 2019",
                 "Länsstyrelsen Örebro 2021b", "Länsstyrelsen Örebro 2021b", "Länsstyrelsen Örebro 2021c"],
                "Socialdepartementet 2016; 2017, Arbetsmarknadsdepartementet 2019 och Länsstyrelsen Örebro 2021b; c",
            ),
            (["Örebro 2020b", "Örebro 2021c"], "Örebro 2020b; 2021c"),
            (["Statsbudgeten, anslag 3:1", "Örebro 2021."], "Statsbudgeten, anslag 3:1 och Örebro 2021"),
        ],
    )  # fmt: skip
    def it_names_each_author_once_in_the_order_of_the_file(self, names, said):
        assert join_sources(names) == said

    def it_cites_them_in_the_order_of_swedish(self):
        assert (
            cite(["Örebro 2021b", "Arbetet 2019", "Statsbudgeten"])
            == "Arbetet, 2019; Statsbudgeten; Örebro, 2021b"
        )


class DescribeASourceInAText:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Socialdepartementet, 2017", True),
            ("Se Socialdepartementet 2017.", True),
            ("Socialdepartementet (2017)", True),
            ("Socialdepartementet, 2016; 2017; 2018", True),
            ("Socialdepartementet 2016 och 2017", True),
            ("Socialdepartementet, 2017a", False),
            ("Socialdepartementet, 2016", False),
            ("Utrikesdepartementet, 2017", False),
            ("Socialdepartementet, 2016; Finansdepartementet, 2017", False),
        ],
    )
    def it_is_cited_by_author_and_year(self, text, found):
        assert Source("Socialdepartementet", "2017").is_in(text) is found

    def it_is_listed_with_its_year_in_brackets(self):
        assert Source.listed("Davis, Kathy (2008). Feminist Theory, 9(1).") == Source(
            "Davis, Kathy", "2008"
        )
        assert Source.of("Davis, Kathy 2008") == Source("Davis, Kathy", "2008")
        assert Source.listed("Regleringsbrev 2026.") is None
