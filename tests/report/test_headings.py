"""A heading that says how many is chosen by the count of the sentence under it, whatever the counts are: the two are read and compared
by rules of their own, for so many of so many counties."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import CLEAN, money_of
from tests.datasets import with_tables
from tests.report.oracle import contradictions
from tests.report.test_truth import words_of
from tests.sampled import sampled
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.states import TableState
from toolkit.report import write_report
from toolkit.report.blocks import Heading
from toolkit.returns.submission import Return, Submission

ALL = 21
OF = (0, 1, 2, 4, 5, 19, 20, 21)
TYPES = ("UTB", "KAM", "INS", "SAMO", "STÖ", "KAR", "MET", "SFI")
WORDS = {"två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12}  # fmt: skip
QUANTITY = re.compile(
    r"(?i)\b(få|flera|flertalet|svårt?|samlad|del av|i ett län|inga|inget|ingen|inte|alla|många|några|viss|hälften|delvis|fåtal|merparten|synligt)\b"
)
NOT_OF_COUNTIES = re.compile("^Stort uppdrag|^Ovisst|^Utgifterna för|är svåra att belägga$")
"""Headings whose words are of something else: of activities, of money, of how hard a thing is to show."""


def state(year, code, name, *, is_in):
    spec, file = year.spec, f"{code}.xlsx"
    if not is_in:
        return CountyState(code, name, None, (), dict.fromkeys(spec.tables, TableState.MISSING), spec.bound)  # fmt: skip
    sent = Submission(file, "", code, spec.year, spec.version, {}, bound=spec.bound)
    merged = dict.fromkeys(spec.tables, TableState.MERGED)
    return CountyState(code, name, Return(file, "", sent, ()), (), merged, spec.bound)


def data_with(year, count, base, groups=None):
    """So many of the counties that have reported have done all there is to do; the others nothing. `groups` says otherwise of how
    many turn to each group of professions."""
    codes = [one.code for one in year.spec.counties]
    names = {one.code: one.name for one in year.spec.counties}
    states = tuple(state(year, code, names[code], is_in=code in codes[:base]) for code in codes)
    groups = groups or dict.fromkeys(("SKO", "POL", "BES"), count)
    rows = {name: [] for name in ("lagesbild", "mal", "aktiviteter", "indikatorer", "ekonomi", "sarredovisning")}  # fmt: skip
    for place, code in enumerate(codes[:count]):
        told = {name: {**CLEAN[name][0], "lan": code, "lansnamn": names[code], "fil": f"{code}.xlsx", "rad": 6} for name in rows}  # fmt: skip
        situation = {"perspektiv": ("U", "K", "P"), "analys_hbtq": "JA", "analys_funktion": "JA", "malgrupp": ("EKB", "UHBTQ")}  # fmt: skip
        told["lagesbild"] |= {**situation, "beskrivning": f"Läget i {names[code]}."}
        told["indikatorer"] |= {name: Decimal(CLEAN["indikatorer"][0][name]) for name in ("varde", "foregaende", "malvarde")}  # fmt: skip
        told["mal"] |= {"formulering": f"Ett mål för {names[code]}."}
        for name in rows:
            if name != "aktiviteter":
                rows[name].append(told[name])
        own = tuple(group for group, most in groups.items() if place < most)
        for number, kind in enumerate(TYPES):
            more = {"id": f"A{number + 1}", "typ": kind, "rubrik": "Något", "beskrivning": "Något.", "yrkesgrupp": own or ("SOC",), "rad": 6 + number}  # fmt: skip
            with_all = {"samverkan": ("POL", "RK", "KOM", "REG", "IDE", "LST", "ÅKL"), "status": "PÅ" if number == 1 else "K"}  # fmt: skip
            rows["aktiviteter"].append({**told["aktiviteter"], **more, **with_all})
    return with_tables(Dataset(year, {}, states), **rows)


def sections_of(report):
    """The headings with the text under them, by the names of the sections."""
    found, last = {}, ""
    for block in report.blocks:
        if isinstance(block, Heading):
            last = block.name
            found[last] = [block.text, ""]
        elif last:
            found[last][1] += f" {words_of(block)}".replace("\u00a0", " ")
    return found


def counted(text):
    """How many counties the first sentence that counts any says; None where none does."""
    for sentence in re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", text.strip()):
        found = re.search(r"\b(\d+) av \d+\b", sentence)
        alone = re.match(r"Länsstyrelsen [A-ZÅÄÖ]", sentence)
        if found and not alone:  # what is said first is what the heading is of
            return int(found[1])
        if re.search(r"(?i)\bingen (länsstyrelse|av de)", sentence):
            return 0
        found = re.search(r"([Ss]amtliga|[Bb]åda) (?:de )?(\w+) ?länsstyrelser|([Bb]åda) de länsstyrelser", sentence)  # fmt: skip
        if found:
            said = "två" if "åda" in found[0] else found[2]
            return WORDS[said] if said in WORDS else int(said)
        found = re.search(
            r"(?:flera|några|ett fåtal) länsstyrelser \(([^)]*)\)", sentence, re.IGNORECASE
        )
        if found:
            return len(re.split(", | och ", found[1]))
        if re.search(r"[Ll]änsstyrelsen [A-ZÅÄÖ]", sentence):
            return 1
    return None


RULES = [
    ("^Få ", lambda n, base: n > 0 and 42 * n < 9 * base),
    ("Svårt att nå|svår att nå", lambda n, base: 42 * n < 9 * base),
    ("^Inga |^Inget |^Ingen |inte ihop$|redovisas inte$", lambda n, _: n == 0),
    ("i flertalet län$", lambda n, _: 2 * n > ALL),
    ("i ett län$", lambda n, _: n == 1),
    ("i en del av länen$", lambda n, _: n > 1 and 2 * n <= ALL),
    ("samlad|synligt", lambda n, _: n == ALL),
    ("flera olika nivåer|^Viss ", lambda n, _: n > 0),
    ("^En del av resultaten", lambda n, base: 9 * base <= 42 * n and 2 * n <= base),
]


def wrongly_headed(report, base):
    """The headings that say something else than the sentences under them, and those that no rule reads."""
    for heading, text in sections_of(report).values():
        if not QUANTITY.search(heading) or NOT_OF_COUNTIES.search(heading):
            continue
        if "av flera slag" in heading:
            found = re.search(r"är av (\w+) slag\.", text)
            right = found is not None and WORDS[found[1]] > 1
        else:
            rule = next((one for pattern, one in RULES if re.search(pattern, heading)), None)
            n = counted(text)
            right = rule is not None and n is not None and rule(n, base)
        if not right:
            yield heading, counted(text), base


@pytest.fixture(scope="module")
def report_of():
    return lambda data: write_report(money_of(data))


@pytest.mark.parametrize("base", sampled(OF))
def it_heads_with_what_the_sentence_counts(year, report_of, base):
    for count in range(base + 1):
        data = data_with(year, count, base)
        report = report_of(data)
        assert list(wrongly_headed(report, base)) == [], (count, base)
        if base < 6 or count in {0, 1, 4, 5, 10, 11, base}:
            assert contradictions(report, data) == [], (count, base)


def it_heads_with_what_each_group_counts(year, report_of):
    chance = random.Random(1)
    for _ in range(12):
        groups = {group: chance.choice((0, 1, 4, 5, 10, 11, 20)) for group in ("SKO", "POL", "BES")}
        data = data_with(year, 20, 20, groups)
        report = report_of(data)
        assert list(wrongly_headed(report, 20)) == [], groups
        assert contradictions(report, data) == [], groups


def it_reads_headings_and_sentences(report_of, year):
    """The rules see what is wrong."""
    report = report_of(data_with(year, 10, 20))
    for block in report.blocks:
        if isinstance(block, Heading) and block.name == "lagesbilder":
            wrong = replace(
                block, text="Få regionala lägesbilder berör prostitution och människohandel"
            )
            spoilt = replace(report, blocks=tuple(wrong if one is block else one for one in report.blocks))  # fmt: skip
    assert [heading for heading, *_ in wrongly_headed(spoilt, 20)] == [wrong.text]
    assert [counted(one) for one in (
        "Hälften av länsstyrelserna (10 av 20) har det.", "Ingen länsstyrelse har det.", "Samtliga fyra länsstyrelser vars uppgifter ingår har det.",
        "Båda de länsstyrelser vars uppgifter ingår har det.", "Några länsstyrelser (Kalmar, Skåne och Örebro) har det.", "Länsstyrelsen Skåne har det.",
    )] == [10, 0, 4, 2, 3, 1]  # fmt: skip
