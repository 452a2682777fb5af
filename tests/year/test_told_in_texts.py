"""Low counts that counties have told in their texts: asked about, never printed, and no stop. A stop says where."""

from __future__ import annotations

import re
from datetime import date
from itertools import cycle

import pytest

from tests.conftest import money_of
from tests.year.test_final import FILLED, results, space  # noqa: F401
from toolkit.analysis.merge import merge
from toolkit.files.errors import CannotBeDone
from toolkit.word.read.pages import publication_of
from toolkit.words.swedish import number_word
from toolkit.year.disclosure import find_leaks
from toolkit.year.report import write_for_good
from toolkit.year.secrecy import with_secrecy

MARK = "Kvarnholmen"  # in each of the planted texts, and in no other
WORDINGS = (
    "{Word} personer fick stöd i {mark} genom Mika.",
    "Antalet personer i Mika i {mark} ska öka från {word} till tolv.",
    "Antalet nya personer i KAST i {mark} var under året {digit}.",
    "KAST i {mark}: {word}.",
    "Bara {digit} st sökte sig till Mika i {mark}.",
    "Mika i {mark} hade {word} besökare under hösten.",
    "Högst {word} klienter kom till {mark}.",
    "Personer som nåtts i {mark} ({digit}).",
    "Personer som söker hjälp i {mark} ska bli fler än årets {word}.",
    "Ett fåtal klienter nåddes i {mark} under året.",
    "{digit} ({word}) stödsökande kom till {mark}.",
    "Utbildade personer i {mark}: {digit}.",
    "I {mark} utbildades poliser och chefer. De var {word}.",
    "Det rör sig om {word} fall i {mark}.",
    "{Word} misstänkta offer identifierades i {mark}.",
    "Mika i {mark} nådde {digit} pers.",
    "Lagförda för köp av sexuell tjänst i {mark}: {word}.",
    "I {mark} i Stockholm fick {word} barn stöd genom Mika.",
    "I {mark} fick {word} tjugoåriga kvinnor och män stöd.",
    "Minst {word} barn i {mark} har utsatts för människohandel.",
)
OF_ONE = (
    "En person fick stöd i {mark} genom Mika.",
    "Bara en i {mark} sökte sig till Mika.",
    "KAST i {mark}: 1.",
    "Antalet personer i Mika i {mark} ska öka från en till tolv.",
    "Ett barn i {mark} har utsatts för människohandel.",
    "En av de utsatta i {mark} fick stöd.",
    "En enda klient i {mark} nåddes under året.",
    "Färre än två kvinnor i {mark} sökte stöd.",
    "En ung kvinna i {mark} fick stöd.",
    "Personer som nåtts i {mark} (1).",
    "1 person i {mark} dömdes för köp av sexuell tjänst.",
    "Mika i {mark} hade en besökare under hösten.",
    "Den enda personen som fick stöd i {mark} var ung.",
    "Utbildade personer i {mark}: 1.",
    "Högst en klient kom till {mark}.",
    "En misstänkt i {mark} lagfördes under året.",
    "Enstaka personer i {mark} fick stöd.",
    "I {mark} i Stockholm fick ett barn stöd genom Mika.",
    "Mika i {mark} nådde 1 pers.",
    "Det rör sig om ett fall i {mark}.",
)


def planted(number, wording):
    word = number_word(number)
    return wording.format(word=word, Word=word.capitalize(), digit=number, mark=MARK)


@pytest.fixture
def planted_year(year, rows, workbook, look):
    """Three counties, of which one has a low count and tells it in every text field there is."""

    def of(number):
        texts = [planted(number, one) for one in (WORDINGS if number > 1 else OF_ONE)]
        more = cycle(texts)
        returns = []
        for code, value in {"12": number, "01": 40, "13": 20}.items():
            own = {name: [dict(row) for row in of_table] for name, of_table in rows.items()}
            own["indikatorer"][0] |= {"varde": value, "foregaende": 90}
            if code == "12":
                own["indikatorer"][0] |= {"kommentar": next(more), "kalla": next(more)}
                first = own["aktiviteter"][0]
                own["aktiviteter"] = [
                    first | {"id": f"A{at}", "rubrik": text, "beskrivning": next(more), "resultat": text,
                             "start": date(2020, 1, at), "ansvarig": next(more),
                             "gott_exempel": "JA", "exempeltext": text}
                    for at, text in enumerate(texts, 1)
                ]  # fmt: skip
                for table, field in (("lagesbild", "beskrivning"), ("mal", "formulering")):
                    begun = own[table][0]
                    own[table] = [
                        begun | {"id": f"{begun['id'][0]}{at}", field: text}
                        for at, text in enumerate(texts, 1)
                    ]
            returns.append(look(workbook(own, code), f"{code}.xlsx"))
        return returns

    return of


def everything(space):  # noqa: F811
    """Each published file as text."""
    for path in space.public.rglob("*"):
        if path.suffix == ".docx":
            seen = publication_of(path.read_bytes(), 2020, "", path.name)
            yield path.name, "\n".join([*seen.paragraphs, str(seen.tables)])
        elif path.is_file():
            yield path.name, path.read_bytes().decode("utf-8", "ignore")


class DescribeACountThatIsToldInEveryTextField:
    @pytest.mark.parametrize("number", [1, 2, 3, 4])
    def it_is_asked_about_and_nowhere_printed(self, space, planted_year, year, number):  # noqa: F811
        returns = planted_year(number)
        own = returns[0]
        found = [one.refs for one in own.findings if one.code == "TEXT-ANTAL"]
        asked = {str(ref) for refs in found for ref in refs}
        holding = set()
        for table in year.spec.tables.values():
            for row in own.submission.records(table.id):
                texts = (field.id for field in table.fields if field.type == "text")
                holding |= {str(row.ref(name)) for name in texts if MARK in str(row.get(name))}
        # What is too short, or otherwise wrong, is to be written anew: that is said first.
        wrong = {
            ref for one in own.findings if one.code != "TEXT-ANTAL" for ref in map(str, one.refs)
        }
        assert holding - asked - wrong == set()
        assert len(holding & asked) > 100
        results = money_of(merge(year, returns))  # noqa: F811
        write_for_good(space, results)
        texts = dict(everything(space))
        assert len(texts) > 24
        assert [name for name, text in texts.items() if MARK in text] == []
        assert find_leaks(space, with_secrecy(space, results)) == []


class DescribeAStop:
    def it_says_in_which_file_and_in_which_words(self, space, results):  # noqa: F811
        told = FILLED.replace("info@myndigheten.se", "I Skåne finns tre utbildade personer.")
        space.issue.write_text(told, encoding="utf-8")
        with pytest.raises(CannotBeDone) as caught:
            write_for_good(space, results)
        assert re.search(r"rapport\.docx: ”.*tre utbildade personer", caught.value.values["places"])

    @pytest.mark.parametrize("number", [2, 4])
    def it_is_none_where_an_indicators_code_is_the_number(
        self,
        space,  # noqa: F811
        year,
        rows,
        workbook,
        look,
        number,
    ):
        """`2 Utbildade personer` is what an indicator is called, and no count of two."""
        returns = []
        for code, value in {"06": number, "01": 40, "13": 20}.items():
            rows["indikatorer"][0] |= {"indikator": str(number), "varde": value, "foregaende": 90}
            returns.append(look(workbook(rows, code), f"{code}.xlsx"))
        assert write_for_good(space, money_of(merge(year, returns))).paths
