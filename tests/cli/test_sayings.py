"""What the terminal says, without starting the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from toolkit.analysis.appropriations import SeriesError
from toolkit.cli.arguments import chosen_counties, files_in, inputs_of, read_day
from toolkit.cli.closing import _listed
from toolkit.cli.progress import shown_progress
from toolkit.cli.sayings import TEXTS, migration_lines, words_of
from toolkit.cli.stopped import reason_of
from toolkit.files.errors import CannotBeDone
from toolkit.files.yaml import SpecError
from toolkit.read import Unreadable
from toolkit.returns.carryover import Left
from toolkit.spec.model import Spec
from toolkit.word.pdf import PdfError


class DescribeWhatWentWrong:
    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (SpecError("a.yaml, rad 3: fel"), "Det gick inte: a.yaml, rad 3: fel"),
            (SeriesError("serie.csv, rad 2: fel"), "Det gick inte: serie.csv, rad 2: fel"),
            (
                CannotBeDone("fel.datum", value="snart"),
                "Det gick inte: ”snart” är inget datum. Skriv det som åååå-mm-dd.",
            ),
            (PdfError("bilder"), f"Det gick inte: {TEXTS('fel.pdf.bilder')}"),
            (
                PermissionError(13, "Permission denied", "a.xlsx"),
                "Det gick inte: a.xlsx kan inte läsas: ni har inte rätt att göra det, eller så är filen öppen i ett annat program.",
            ),
        ],
    )
    def it_is_told_for_a_person(self, error, said):
        assert TEXTS("fel.rubrik", reason=reason_of(error)) == said

    @pytest.mark.parametrize(
        "error", [KeyError("x"), Unreadable("FIL-SKADAD"), OSError("något"), RecursionError()]
    )
    def it_is_our_fault_where_nobody_has_thought_of_it(self, error):
        assert reason_of(error) is None

    @pytest.mark.parametrize("why", ["libreoffice_saknas", "libreoffice_fel", "bilder"])
    def it_has_words_for_every_reason_why_there_is_no_pdf(self, why):
        assert PdfError(why).why == why
        assert TEXTS(PdfError(why).name)


class DescribeWhatRespondentsAreCalled:
    def it_is_what_the_year_says(self, year):
        own = {"singular": "kommun", "plural": "kommuner", "definite": "kommunen", "definite_plural": "kommunerna",
               "unknown": "okänd kommun"}  # fmt: skip
        words = words_of(Spec.model_validate({**year.spec.model_dump(), "respondent": own}))
        assert [words[name] for name in ("plural", "plural_genitive", "definite_plural_genitive")] == [
            "kommuner", "kommuners", "kommunernas",
        ]  # fmt: skip

    def it_is_the_counties_of_the_shipped_years_where_the_year_says_nothing(self, year):
        silent = Spec.model_validate({**year.spec.model_dump(), "respondent": None})
        assert words_of(silent) == words_of(year.spec)
        assert words_of(silent)["definite_genitive"] == "länets"

    @pytest.mark.parametrize(
        "word", ["singular", "plural", "definite", "definite_plural", "unknown"]
    )
    def it_needs_every_inflection(self, year, word):
        own = {**year.spec.respondent.model_dump()}
        del own[word]
        with pytest.raises(ValidationError, match=word):
            Spec.model_validate({**year.spec.model_dump(), "respondent": own})

    def it_names_the_first_of_many(self):
        names = [f"N{number}" for number in range(1, 33)]
        assert _listed(names[:30]) == ", ".join(names[:30])
        assert _listed(names).endswith("N29, N30 och 2 till")


class DescribeWhatIsWrittenAfterACommand:
    def it_takes_all_counties_when_none_is_named(self, year):
        assert len(chosen_counties(year, None)) == 21
        assert [county.code for county in chosen_counties(year, ["25", "01"])] == ["25", "01"]

    def it_names_the_codes_that_there_are(self, year):
        with pytest.raises(CannotBeDone) as raised:
            chosen_counties(year, ["99"])
        assert raised.value.values["code"] == "99"
        assert raised.value.values["codes"].startswith("01, 03, 04")

    @pytest.mark.parametrize("written", [None, ""])
    def it_takes_no_day_for_none(self, written):
        assert read_day(written) is None

    @pytest.mark.parametrize("written", ["2021-03-01", "1 mars 2021"])
    def it_reads_a_day_as_people_write_it(self, written):
        assert read_day(written).isoformat() == "2021-03-01"

    def it_refuses_what_is_no_day(self):
        with pytest.raises(CannotBeDone) as raised:
            read_day("snart")
        assert (raised.value.name, raised.value.values) == ("fel.datum", {"value": "snart"})

    def it_says_which_file_or_folder_is_not_there_or_is_empty(self, tmp_path):
        (tmp_path / "tom").mkdir()
        for given, name in (("borta.xlsx", "fel.fil"), ("tom", "fel.inga")):
            with pytest.raises(CannotBeDone) as raised:
                files_in(tmp_path, [Path(given)])
            assert (raised.value.name, raised.value.values) == (name, {"path": Path(given)})

    def it_takes_the_workbooks_of_a_folder(self, tmp_path):
        for name in ("b.xlsx", "a.ods", "c.txt"):
            (tmp_path / name).write_bytes(b"x")
        assert [path.name for path in files_in(tmp_path, [tmp_path])] == ["a.ods", "b.xlsx"]

    def it_tells_at_once_that_a_year_has_no_templates(self, tmp_path):
        with pytest.raises(CannotBeDone) as raised:
            inputs_of(tmp_path, 2020)
        assert raised.value.name == "fel.inga_ar"
        assert "lansrapport init" in TEXTS("fel.inga_ar", root="mappen")
        assert "lansrapport new 2026" in TEXTS("fel.ar", root="mappen", year=2026, years="2020")


class DescribeProgress:
    def it_is_not_drawn_where_there_is_no_terminal(self, capsys):
        with shown_progress("check", 2) as step:
            step()
        assert capsys.readouterr() == ("", "")

    @pytest.mark.parametrize("name", ["templates", "check", "merge", "finance", "report"])
    def it_has_words_for_every_step(self, name):
        assert TEXTS(f"steg.{name}")


def it_tells_every_cell_that_could_not_be_moved():
    assert migration_lines("a.xlsx", 2021, 3, [])[1] == TEXTS("migrera.allt")
    whys = [
        why
        for why in TEXTS.part("migrera").entries
        if why not in {"rubrik", "fran", "rest", "allt"}
    ]
    left = [Left(ref="Mål!C6", value="L9", field="Lägesbild-id", why=why) for why in whys]
    lines = migration_lines("a.xlsx", 2021, 3, left)
    assert len(lines) == 2 + len(whys)
    assert all("Mål!C6" in line for line in lines[2:])
