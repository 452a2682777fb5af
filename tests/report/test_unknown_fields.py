"""What may be said where a field has no answer. Every claim of the chapters is tried with a county, and with most of them, that say
yes, say no, answer `u.s.`, leave the cell blank, have nothing to report, or are held for errors. What may then be printed follows
from how the year was made: those of whom it is not known are in neither count, none is said only of known noes, and of all only
where more than half are known. Beside that each report is read by the oracle (tests/report/oracle.py)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import money_of
from tests.report.oracle import CLAIMS, SAID, compiled, contradictions, number
from tests.report.test_denials import bare
from tests.report.test_evidence import WORK, changed, held_back, with_nothing
from tests.report.test_headings import data_with, report_of, sections_of  # noqa: F401
from tests.sampled import sampled
from toolkit.analysis.records import MergedRow
from toolkit.analysis.work_tables import coherence_table
from toolkit.report.blocks import TileMap
from toolkit.report.facts import Facts
from toolkit.returns.submission import Missing

ALL, MANY = 21, 12
ACT, LAGE, IND, GOAL = "aktiviteter", "lagesbild", "indikatorer", "mal"
LOST = {"us": Missing.UNKNOWN, "blank": Missing.BLANK}
FIELDS = {
    LAGE: ("perspektiv", "malgrupp", "arena", "analys_hbtq", "analys_funktion"),
    ACT: ("typ", "perspektiv", "malgrupp", "yrkesgrupp", "samverkan", "status", "resultat", "belagg", "uppfoljning_metod", "mal_id"),
    GOAL: ("lagesbild_id",),
    IND: ("aktivitet_id", "mal_id"),
}  # fmt: skip
"""Every field that a claim of the chapters rests on, but for the våldsform, by which the area is told."""
NO = {
    LAGE: {"perspektiv": ("U",), "malgrupp": ("KVI",), "arena": "GATA", "analys_hbtq": "NEJ", "analys_funktion": "NEJ"},
    ACT: {"typ": "RES", "samverkan": ("SIS",), "yrkesgrupp": ("SOC",), "perspektiv": "U", "malgrupp": ("KVI",), "status": "P",
          "belagg": None, "resultat": None, "uppfoljning_metod": "INGEN"},
    GOAL: {}, IND: {"aktivitet_id": "A99", "mal_id": "M99"},
}  # fmt: skip
PLAIN = {
    LAGE: {"beskrivning": "Läget."}, GOAL: {}, IND: {"indikator": "9", "kommentar": None},
    ACT: {"rubrik": "Något", "beskrivning": "Något.", "exempeltext": None, "gott_exempel": "NEJ"},
}  # fmt: skip
STATES = ("yes", "no", "us", "blank", "nil", "held")
NEGATIVE = re.compile(
    "^(?:Få |Inga |Inget |Ingen |Svårt |Skolan är svår|Samverkansstrukturerna behöver|Regionkoordinatorn behöver|Resultaten av|Insatser som tar"
    "|Det finns utrymme|Det förebyggande arbetet ses|Stor utmaning|Länsstyrelserna (?:behöver|kan behöva)|.*hänger inte ihop)"
)  # fmt: skip
SKIPPED = re.compile("avslutat|aktivitet ska följas|resultat|belägg")
"""Claims that the world in which all say yes leaves open are read by the oracle alone."""


def made(year, state, many, others):
    """A year in which so many are in a state and the others all say yes, or no."""
    data = data_with(year, ALL, ALL)
    own = [one.code for one in data.reported][:many]
    for table in WORK:
        said = [name for name in FIELDS[table] if (table, name) not in {(ACT, "mal_id"), (GOAL, "lagesbild_id")}]  # fmt: skip
        lost = dict.fromkeys(FIELDS[table], LOST.get(state))

        def change(row, _, table=table, lost=lost, said=said):
            answer = state if row["lan"] in own else others
            row |= PLAIN[table]
            if table == ACT and isinstance(row["resultat"], str):
                row["resultat"] = "Det har gått som det var tänkt."
            if answer == "no":
                row |= NO[table]
            elif answer in LOST:
                row |= lost
            return row

        assert said or table == GOAL
        data = changed(data, table, change)
    if state == "held":
        return held_back(data, WORK, own), own
    for code in own if state == "nil" else ():
        data = with_nothing(data, code)
    return data, own


def told_of(report):
    """What is said of sets of counties in the sentences that count: each claim with the words for its set."""
    patterns = [(compiled(one), sets) for one, sets in CLAIMS if all(hasattr(claim, "asked") for claim in sets)]  # fmt: skip
    for _, text in sections_of(report).values():
        for sentence in re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", text.strip()):
            for pattern, sets in patterns:
                found = pattern.fullmatch(sentence)
                if found and not SKIPPED.search(sentence):
                    for said, claim in zip(found.groups(), sets, strict=False):
                        table, wanted = claim.asked
                        if table != IND and set(wanted) != {"valdsform"}:
                            yield sentence, said


def counted(said):
    """How many, of how many (None where no number is told)."""
    said = said[:1].lower() + said[1:]
    if said == "ingen länsstyrelse":
        return 0, ALL
    if said == "ingen länsstyrelse vars uppgifter ingår":
        return 0, 1
    if found := re.fullmatch(r"ingen av de (\w+) länsstyrelser vars uppgifter ingår", said):
        return 0, number(found[1])
    if found := re.fullmatch(r"samtliga (\w+) länsstyrelser(?: vars uppgifter ingår)?", said):
        return number(found[1]), number(found[1])
    if found := re.search(r"\b(\d+) av (\d+)\b", said):
        return int(found[1]), int(found[2])
    return 1, None


@pytest.mark.parametrize("others", ["yes", "no"])
@pytest.mark.parametrize("many", [1, MANY])
@pytest.mark.parametrize("state", STATES)
def it_counts_none_of_whom_it_is_not_known(year, report_of, state, many, others):  # noqa: F811
    data, own = made(year, state, many, others)
    report = report_of(data)
    unknown = many if state in {"us", "blank", "held"} else 0
    said_yes = (ALL - many if others == "yes" else 0) + (many if state == "yes" else 0)
    known = ALL - unknown
    found = list(told_of(report))
    for sentence, said in found:
        if said.lower() == "samma länsstyrelse":
            continue
        count, base = counted(said)
        assert (count, base if base is not None else known) == (said_yes, known), sentence
        assert count or base * 2 > ALL, sentence
    assert len({sentence for sentence, _ in found}) >= (5 if known * 2 > ALL or said_yes else 0)
    assert contradictions(report, data) == []
    assert_silent_of(report, data, own if unknown else [], known)


def assert_silent_of(report, data, unknown, known):
    """Those of whom nothing is known are not said not to; nothing is said of all where few are known."""
    sections = sections_of(report)
    whole = " ".join(text for _, text in sections.values())
    names = {one.code: one.name for one in data.counties}
    for code in unknown:
        for denial in ("gör det inte", "saknar en sådan kedja", "går det inte att följa arbetet"):
            assert not re.search(rf"{names[code]}[^.]*{denial}", whole)
    if known * 2 <= ALL:
        chapters = [heading for name, (heading, _) in sections.items() if not name.startswith("lan_")]  # fmt: skip
        assert [one for one in chapters if NEGATIVE.search(one) and one not in ABOUT_MONEY] == []
        assert not re.search(r"(?i)ingen (?:länsstyrelse|av de)[^.]*(?:samverkar|har aktiviteter|redovisar en|tar upp|anger|uppger)", whole)  # fmt: skip
        assert "gör det inte" not in whole
    elif unknown:
        assert not re.search(r"(?i)\bingen länsstyrelse (?:samverkar|har aktiviteter|tar upp|anger)", whole)  # fmt: skip


ABOUT_MONEY = {"Regeringen behöver förtydliga sin styrning"}
EACH = [(table, name) for table, names in FIELDS.items() for name in names] + [(LAGE, "valdsform"), (ACT, "valdsform")]  # fmt: skip


@pytest.mark.parametrize("many", [2, MANY])
@pytest.mark.parametrize(("table", "name"), sampled(EACH, 5))
def it_knows_no_more_than_each_field_says(year, report_of, table, name, many):  # noqa: F811
    """A field alone: half of those in question answer `u.s.`, half leave it blank; the others say no, or (in a chain) yes."""
    data = made(year, "no", ALL, "no")[0] if (table, name) in SAYING else data_with(year, ALL, ALL)
    own = [one.code for one in data.reported][:many]

    def change(row, _):
        if row["lan"] in own:
            row[name] = LOST["us"] if own.index(row["lan"]) % 2 else LOST["blank"]
        return row

    data = changed(data, table, change)
    report = report_of(data)
    assert contradictions(report, data) == []
    asked = [of for of in SAID.values() if of[0] == table and name in of[1] and set(of[1]) <= {name, "valdsform"}]  # fmt: skip
    facts = Facts(money_of(data), year.texts("rapport"))
    for where, wanted in asked:
        codes = {field: one if one is True else one.split() for field, one in wanted.items()}
        found = facts.counties(where, **codes)
        assert not set(own) & {*found, *found.base}
        assert len(found.base) == ALL - many
    if asked and many == MANY and (table, name) in SAYING:
        whole = " ".join(text for _, text in sections_of(report).values())
        assert re.search("går inte att säga, eftersom svaret är känt för bara nio av de 21", whole)


SAYING = {(table, name) for table, names in NO.items() for name in names if table in {LAGE, ACT}} - {(ACT, "resultat"), (ACT, "belagg")}  # fmt: skip
"""The fields of which the claims of the world in which all say no are known but for them."""


def with_cells(data, code, field, cells):
    """The same year where the cells of a field of a county's activities hold these texts beside what was understood."""

    def mended(row: MergedRow):
        if row.county != code:
            return row
        at = row.record.columns.index[field]
        raw = (*row.record.raw[:at], cells, *row.record.raw[at + 1 :])
        return replace(row, record=row.record._replace(raw=raw))

    return replace(data, merged={**data.merged, ACT: tuple(map(mended, data.merged[ACT]))})


@pytest.mark.parametrize("cells", [("SIS", "u.s.", ""), ("SIS; u.s.", "", ""), ("SIS", "", "U.S")])
def it_is_not_known_where_one_of_several_cells_says_so(year, report_of, cells):  # noqa: F811
    data, _ = made(year, "no", 1, "no")
    part = with_cells(data, "01", "samverkan", cells)
    facts = Facts(money_of(part), year.texts("rapport"))
    found = facts.counties(ACT, valdsform="PMH", samverkan="POL")
    assert (list(found.unknown), len(found.base)) == (["01"], ALL - 1)
    assert "01" in facts.counties(ACT, valdsform="PMH", samverkan="SIS")
    assert contradictions(report_of(part), part) == []


@pytest.mark.parametrize("answer", [Missing.NOT_APPLICABLE, ("SIS",)])
def it_is_a_no_where_it_does_not_apply_or_the_area_is_another(year, answer):
    data, _ = made(year, "no", 1, "no")
    form = "PMH" if answer is Missing.NOT_APPLICABLE else "VNR"
    told = answer if form == "PMH" else Missing.UNKNOWN
    data = changed(data, ACT, lambda row, _: {**row, "samverkan": told, "valdsform": form})
    found = Facts(money_of(data), year.texts("rapport")).counties(
        ACT, valdsform="PMH", samverkan="POL"
    )
    assert (len(found), len(found.base), list(found.unknown)) == (0, ALL, [])


class DescribeAYesBesideAnUnknown:
    def it_is_a_yes(self, year, report_of):  # noqa: F811
        """One activity with the police, and a second of which the county does not know."""
        data, _ = made(year, "no", 1, "no")
        rows = [one for one in data.rows(ACT) if one.county == "01"]
        first = rows[0].row

        def change(row, _):
            if row["lan"] == "01":
                row["samverkan"], row["status"] = (
                    ("POL",) if row["rad"] == first else Missing.UNKNOWN,
                    "K",
                )
            return row

        data = changed(data, ACT, change)
        report = report_of(data)
        told = sections_of(report)
        assert "Länsstyrelsen Stockholm samverkar med polisen" in told["samverkan"][1]
        assert "Stockholm gör det inte" not in told["kommuner"][1]
        assert contradictions(report, data) == []


class DescribeTheNamedOnes:
    def it_says_of_whom_it_is_not_known(self, year, report_of):  # noqa: F811
        data, _ = made(year, "us", 1, "yes")
        text = sections_of(report_of(data))["kommuner"][1]
        assert "Samtliga 20 länsstyrelser vars uppgifter ingår samverkar med kommuner inom området." in text  # fmt: skip
        assert "Om länsstyrelsen Stockholm gör det framgår inte av redovisningarna." in text

    def it_counts_them_where_they_are_many(self, year, report_of):  # noqa: F811
        data, _ = made(year, "us", 5, "yes")
        text = sections_of(report_of(data))["kommuner"][1]
        assert "Om fem länsstyrelser gör det framgår inte av redovisningarna." in text


class DescribeTheChain:
    @pytest.mark.parametrize(
        ("table", "field"), [(GOAL, "lagesbild_id"), (ACT, "mal_id"), (IND, "aktivitet_id")]
    )
    @pytest.mark.parametrize("lost", LOST.values())
    def it_is_not_missing_where_a_link_is_not_known(self, year, report_of, table, field, lost):  # noqa: F811
        data = data_with(year, ALL, ALL)
        others = [one.code for one in data.reported]

        def change(row, _):
            if row["lan"] == others[0]:
                row[field] = lost
            elif row["lan"] == others[1] and table == IND:
                row |= {"aktivitet_id": "A99"}
            return row

        data = changed(data, table, change)
        report = report_of(data)
        whole = " ".join(text for _, text in sections_of(report).values())
        assert not re.search(r"Stockholm[^.]*(?:saknar en sådan kedja|går det inte att följa)", whole)  # fmt: skip
        assert "Om länsstyrelsen Stockholm har det framgår inte av redovisningarna." in whole
        if table == IND:
            assert "Länsstyrelsen Uppsala saknar en sådan kedja." in whole
        assert contradictions(report, data) == []
        rows = {row[0]: row for row in coherence_table(money_of(data), year.texts("rapport")).rows}
        assert "Nej" not in rows["Stockholm"][-1]
        (shown,) = [one for one in report.blocks if isinstance(one, TileMap) and one.id == "sammanhang"]  # fmt: skip
        assert not re.search(r"Hela kedjan saknas[^.]*Stockholm", shown.alternative)

    def it_is_another_goals_number_that_cannot_be_of_it(self, year):
        data = data_with(year, 1, 1)
        data = changed(data, IND, lambda row, _: {**row, "aktivitet_id": None, "mal_id": "M7"})
        found = Facts(money_of(data), year.texts("rapport")).coherent()
        assert (len(found), len(found.base)) == (0, 1)


class DescribeWhatIsWithheld:
    @pytest.mark.parametrize("value", [0, 3])
    def it_makes_the_claim_neutral_without_a_name(self, year, report_of, value):  # noqa: F811
        data = bare(year)
        counting = [("23", Decimal(3)), ("24", Decimal(value))]
        rows = [dict(row) for row in _mappings(data, IND)]
        own = next(row for row in rows if row["lan"] == "12")
        rows += [{**own, "id": f"J{code}", "indikator": code, "varde": number_, "rad": 40 + n} for n, (code, number_) in enumerate(counting)]  # fmt: skip
        data = _with(data, rows)
        report = report_of(data)
        heading, text = sections_of(report)["upprepat_vald"]
        assert heading == "Insatser mot upprepat våld"
        assert "eftersom uppgifter som inte trycks kan gälla det." in text
        assert "Skåne" not in text
        assert "Ingen" not in text
        assert contradictions(report, data) == []


def _mappings(data, table):
    from tests.datasets import mapping_of

    return [mapping_of(data, table, row) for row in data.rows(table)]


def _with(data, rows):
    from tests.datasets import with_tables

    return with_tables(data, indikatorer=rows)


class DescribeWhatIsWrittenBeside:
    @pytest.mark.parametrize(
        ("comment", "speaks"),
        [("Polisen var med på alla möten.", True), ("Polisen deltog inte.", False), ("Mötena var digitala.", False)],
    )  # fmt: skip
    def it_speaks_against_that_nobody_has(self, year, report_of, comment, speaks):  # noqa: F811
        data, _ = made(year, "no", 1, "no")

        def change(row, _):
            if row["lan"] == "01":
                row |= {"aktivitet_id": "A1", "kommentar": comment}
            return row

        data = changed(data, IND, change)
        report = report_of(data)
        text = sections_of(report)["samverkan"][1]
        told = "Ingen länsstyrelse har angett polisen som samverkanspart, men länsstyrelsen Stockholm nämner det i text."  # fmt: skip
        assert (told in text) is speaks
        assert contradictions(report, data) == []

    def it_speaks_of_its_own_area_alone(self, year, report_of):  # noqa: F811
        data, _ = made(year, "no", 1, "no")
        rows = [one for one in data.rows(ACT) if one.county == "01"]
        at = rows[0].row
        data = changed(data, ACT, lambda row, _: {**row, "valdsform": "VNR"} if (row["lan"], row["rad"]) == ("01", at) else row)  # fmt: skip
        data = changed(data, IND, lambda row, _: {**row, "aktivitet_id": "A1", "kommentar": "Polisen var med."} if row["lan"] == "01" else row)  # fmt: skip
        text = sections_of(report_of(data))["samverkan"][1]
        assert "nämner det i text" not in text


def it_tries_every_field_that_a_claim_asks_for(year):
    """What the chapters ask for, read out of their text, is tried here: no field is forgotten."""
    tried = {name for names in FIELDS.values() for name in names} | {"valdsform"}
    asked = set()
    for path in sorted(year.path("report").glob("*.md.j2")):
        for call in re.findall(r"\blan\(([^)]*)\)", re.sub(r"(?s)\{#.*?#\}", "", path.read_text(encoding="utf-8"))):  # fmt: skip
            asked |= set(re.findall(r"(\w+)=", call))
    assert asked - tried == {"indikator", "varde"}
    assert len(asked) > 10
