"""Sentences that hang on what a year asks for: they are there with it, and leave no trace without."""

from __future__ import annotations

import pytest

from tests.spec.edits import exchange, refusal
from toolkit.files.yaml import SpecError
from toolkit.spec.asked import as_asked
from toolkit.spec.load import load_year

TABLE = "  - remove_table: inget\n"
CHANGES = "changes:\n"
TOLD = "på bladet Uppgifter och skriv"
HINT = "Lägg tillbaka det som saknas från mallen."


@pytest.fixture
def without(templates):
    """2021 without the table in which a county says that there is nothing."""
    exchange(templates, CHANGES, CHANGES + TABLE, name="2021/arbetsbok.yaml")
    return load_year(templates, 2021)


def to_read(year):
    return [text for sheet in year.spec.sheets for text in sheet.paragraphs]


class DescribeWhatHangsOnWhatIsAskedFor:
    @pytest.mark.parametrize(
        ("text", "with_it", "without_it"),
        [
            ("Ett. [[om nil: Två.]] Tre.", "Ett. Två. Tre.", "Ett. Tre."),
            ("[[om nil: Två.]] Tre.", "Två. Tre.", "Tre."), ("Ett. [[om nil: Två.]]", "Ett. Två.", "Ett."),
            ("[[om nil: Två.]]", "Två.", ""), ("Ett [två tre].", "Ett [två tre].", "Ett [två tre]."),
            ("[[om spend.amount: Kr.]] [[om nil: {år}]]", "Kr. {år}", "Kr."),
            ("Ett. [[Om nil: Två.]] Tre.", "Ett. Två. Tre.", "Ett. Tre."), ("Ett. [[ om nil : Två. ]] Tre.", "Ett. Två. Tre.", "Ett. Tre."),
            ("Ett. [[OM  NIL:Två.]] Tre.", "Ett. Två. Tre.", "Ett. Tre."),
        ],
    )  # fmt: skip
    def it_is_there_with_it_and_gone_without(self, year, without, text, with_it, without_it):
        assert as_asked(text, year.spec) == with_it
        assert as_asked(text, without.spec) == without_it

    def it_is_said_in_the_shipped_year(self, year):
        assert year.catalogue.entries["BLAD-SAKNAS"].hint == f"{HINT} Finns inget att redovisa i en tabell anges det på bladet Uppgifter."  # fmt: skip
        letters = " ".join(year.texts("paminnelse").entries.values())
        assert "Finns det inget att redovisa anger ni det på bladet Uppgifter och skriver varför. Har ni" in letters  # fmt: skip
        assert sum(TOLD in text for text in to_read(year)) == 1

    def it_is_said_nowhere_in_a_year_without_the_table(self, without):
        messages = [one.message + one.hint for one in without.catalogue.entries.values()]
        texts = [
            text
            for name in ("paminnelse", "ekonomibrev", "anvisning", "mall")
            for text in without.texts(name).entries.values()
        ]
        for text in (*messages, *texts, *to_read(without)):
            assert "[[om" not in text
        assert without.catalogue.entries["BLAD-SAKNAS"].hint == HINT
        assert not [text for text in (*texts, *to_read(without)) if TOLD in text]
        assert "" not in to_read(without)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ("[[om nill: Två.]]", "”nill” i [[om …]] är ingen roll. Menade ni ”nil”?"),
            ("[[om nil Två.]]", "Det som bara hör till vissa år skrivs så här: [[om nil: Texten.]]"),
            ("[[ Om nil Två.]]", "Det som bara hör till vissa år skrivs så här: [[om nil: Texten.]]"),
            ("[[nil: Två.]]", "Det som bara hör till vissa år skrivs så här: [[om nil: Texten.]]"),
            ("[[om nil: Två.", "Det som bara hör till vissa år skrivs så här: [[om nil: Texten.]]"),
        ],
    )  # fmt: skip
    def it_is_refused_where_it_is_not_written_so(self, templates, wrong, said):
        line = exchange(templates, HINT, f"{HINT} {wrong}", name="2020/meddelanden.yaml")
        [told] = refusal(templates)
        assert told.startswith(f"templates/2020/meddelanden.yaml, rad {line}: {said}")
        exchange(templates, wrong, "", name="2020/meddelanden.yaml")
        exchange(templates, '      - "[[om nil: ', f'      - "{wrong}"\n      - "[[om nil: ')
        [told] = refusal(templates)
        assert told.startswith("templates/2020/arbetsbok.yaml, rad ") and said in told
        exchange(templates, f'      - "{wrong}"\n', "")
        exchange(templates, "Årets mall är", f"{wrong} Årets mall är", name="2020/texter/paminnelse.yaml")  # fmt: skip
        with pytest.raises(SpecError) as caught:
            load_year(templates, 2020).texts("paminnelse")
        assert said in str(caught.value)

    @pytest.mark.parametrize(
        ("name", "old"),
        [
            ("2020/arbetsbok.yaml", 'help: "Belopp som fördes'),
            ("2020/meddelanden.yaml", 'karta_fil: "'),
        ],
    )
    def it_is_refused_where_it_would_be_printed_as_it_stands(self, templates, name, old):
        line = exchange(templates, old, old.replace('"', '"[[ Om nil: Två. ]] ', 1), name=name)
        told = [one for one in refusal(templates) if "[[om …]]" in one]
        assert [one.partition(": ")[0] for one in told] == [f"templates/{name}, rad {line}"]
