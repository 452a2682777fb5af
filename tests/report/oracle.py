"""What the report says of the counties, reckoned again from the merged rows.

Written from domain.md §7 and the workbook's fields, apart from the chapters and from what they call: every sentence of the
chapters below that holds a number, a quantifier or a county's name must be one that is known here, and must be true.

    .venv/bin/python -m tests.report.oracle 200      (so many generated years)
    .venv/bin/python -m tests.report.oracle 100 200  (those from 100 on)
"""

from __future__ import annotations

import re
from decimal import Decimal

from tests.report import oracle_claims
from tests.report.oracle_claims import (
    DONE,
    SAID,
    all_of,
    base_with,
    counted_rows,
    counters,
    evidence,
    form_told,
    known_of_most,
    meant,
    opposed,
    put_aside,
    told_in,
    withheld,
)
from tests.report.oracle_frame import (
    DECIMAL,
    FIXED,
    FRAME,
    NAMES,
    PHRASE,
    SAID_WHERE,
    judged,
    not_shown,
    plain_county,
    wrong_amount,
    wrong_names,
)
from tests.report.oracle_left_out import SUMMED, silent_sums, wrong_left_out, wrong_sum_notes
from tests.report.oracle_rest import HEADINGS as OTHER_HEADINGS
from tests.report.oracle_rest import (
    REST,
    commonest,
    shared_goal,
    stands,
    with_number,
    wrong_figure,
    wrong_goals,
    wrong_note,
)
from tests.report.oracle_rest import targets as targets_of_year
from tests.report.oracle_sums import without_scope, wrong_scope
from tests.report.oracle_unknown import base_of, unknown_in, whole_chains
from toolkit.report.blocks import Chart, Figure, Heading, Note, Paragraph, Reference, TileMap
from toolkit.returns.submission import Missing

CHECKED = (
    "forord",
    "sammanfattning",
    "inledning",
    "genomforande",
    "uppdrag",
    "verksamhet",
    "iakttagelser",
)
WORDS = {
    "ett": 1,
    "en": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
    "elva": 11,
    "tolv": 12,
    "ingen": 0,
    "noll": 0,
}
UP_TO_TWENTY_ONE = "tretton fjorton femton sexton sjutton arton nitton tjugo tjugoen"
WORDS |= {word: number for number, word in enumerate(UP_TO_TWENTY_ONE.split(), 13)}
SET = (
    r"(?:[Ss]amma länsstyrelse|(?:[Ii]ngen|[Ss]amtliga|[Bb]åda)[\w ]*? ?länsstyrelser?(?: vars uppgifter ingår| som har redovisat båda talen)?|[Ll]änsstyrelsen [A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)?"
    r"|(?:[Nn]ästan alla|[Mm]erparten|[Mm]ajoriteten|[Hh]älften|[Ff]lera|[Nn]ågra|[Ee]tt fåtal)[\w ]*? \([^)]*\)|\d+ av \d+ länsstyrelser)"
)
NUMBER = r"(?:[\d ]+|(?i:" + "|".join(sorted(WORDS, key=len, reverse=True)) + "))"


def number(said):
    said = said.strip().lower()
    return WORDS[said] if said in WORDS else int(said.replace(" ", ""))


class Year:
    """The merged rows of one year, as plain dictionaries."""

    def __init__(self, data, extracts=None, report=None):
        self.names = {state.code: state.name for state in data.counties}
        self.states = {
            state.code: {table: str(state.tables[table]) for table in data.year.spec.tables}
            for state in data.counties
        }
        self.data, self._read = data, {}
        self.extracts = extracts or {}
        self.fields = {
            id_: [field.id for field in table.fields]
            for id_, table in data.year.spec.tables.items()
        }
        self.reported = {
            code
            for code, states in self.states.items()
            if not {"missing", "untreated"} & set(states.values())
        }
        self.standing = {state.code: str(state.verdict) for state in data.counties}
        self.explained = set()  # counties that have answered questions: none in these years
        self.plain = {code: plain_county(self, code) for code in self.names}
        self.texts = texts_of(self)
        self.withheld = withheld_in(report, data.year.spec) if report else set()
        codes = data.year.spec.lists["indikator"].codes
        self.printed = printed_in(report) if report else set()
        self.persons = {one.code for one in codes if one.attributes["personer"] == "ja"}

    def counts_persons(self, label):
        codes = self.data.year.spec.lists["indikator"].codes
        return next(one.attributes["personer"] == "ja" for one in codes if one.label == label)

    def hides(self, row):
        """Whether a row's number may not be told: it is of persons, and its county's is not printed, or is made of several."""
        code, county = row["indikator"], row["lan"]
        if code not in self.persons:
            return False
        alike = [one for one in self.rows(IND, indikator=code) if one["lan"] == county]
        return len(alike) > 1 or (self.names[county], code) not in self.printed

    def may_name(self, indicator):
        return indicator not in self.withheld

    def rows(self, table, **wanted):
        every = self._rows_of(table)
        return [
            row
            for row in every
            if all(self.fits(row[name], codes) for name, codes in wanted.items())
        ]

    def _rows_of(self, table):
        """Read once: they are gone through thousands of times."""
        if table not in self._read:
            self._read[table] = [
                {**dict(zip(self.fields[table], row.record.typed, strict=True)), "lan": row.county, "_raw": self.raw(table, row)}
                for row in self.data.rows(table)
            ]  # fmt: skip
        return self._read[table]

    def raw(self, table, row):
        """What stands in the cells of a field that has several."""
        told = zip(self.fields[table], row.record.raw, strict=True)
        return {name: one for name, one in told if isinstance(one, tuple)}

    @staticmethod
    def fits(value, codes):
        answers = value if isinstance(value, tuple) else (value,)
        return any(isinstance(one, str) and one in codes.split() for one in answers)

    def base(self, *tables):
        good = {"merged", "nil", "fixed"}
        return {
            code
            for code, states in self.states.items()
            if all(states[table] in good for table in tables)
        }

    def nil(self, *tables):
        return {
            code
            for code, states in self.states.items()
            if any(states[table] == "nil" for table in tables)
        }

    def has(self, table, **wanted):
        found = {row["lan"] for row in self.rows(table, **wanted)}
        return found & self.base(table), base_of(self, table, wanted)


def printed_in(report):
    """The counties and indicators whose number the report's tables print."""
    found = set()
    for block in report.blocks:
        if isinstance(block, Figure) and block.table.id.startswith("indikatorer_lan"):
            for name, *cells in block.table.rows:
                heads = (column.heading.split()[0] for column in block.table.columns[1:])
                found |= {
                    (name, head)
                    for head, cell in zip(heads, cells, strict=True)
                    if cell[0].isdigit()
                }
    return found


def withheld_in(report, spec):
    """The indicators of which the report's table tells nothing; where it has no such table, all of persons."""
    for block in report.blocks:
        if isinstance(block, Figure) and block.table.id == "indikatorer":
            return {row[0].split()[0] for row in block.table.rows if row[2] == ".."}
    codes = spec.lists["indikator"].codes
    return {one.code for one in codes if one.attributes["personer"] == "ja"}


def word_of(count, base):
    """domain.md §7, scaled by share; half is said as half."""
    if count * 2 == base:
        return "hälften"
    of_21 = Decimal(count * 21) / base
    for least, word in (
        (Decimal("17.5"), "nästan alla"),
        (Decimal("13.5"), "merparten"),
        (Decimal("10.5"), "majoriteten"),
        (Decimal("4.5"), "flera"),
        (Decimal("2.5"), "några"),
    ):
        if of_21 >= least:
            return word
    return "ett fåtal"


def wrong_set(said, members, base, year):
    """Why what is said of a set of counties is not true; empty when it is."""
    said = said[:1].lower() + said[1:]
    everyone = len(base) == len(year.names)
    names = {year.names[code] for code in members}
    if len(members) == 1:
        return "" if said == f"länsstyrelsen {next(iter(names))}" else f"är {names}"
    if not members:
        if said == "ingen länsstyrelse":
            return "" if everyone else "alla är inte kända"
        found = re.fullmatch(r"ingen av de (\w+) länsstyrelser vars uppgifter ingår", said)
        if found:
            return "" if number(found[1]) == len(base) else f"underlaget är {len(base)}"
        return (
            "" if said == "ingen länsstyrelse vars uppgifter ingår" and not everyone else "är ingen"
        )
    if members == base:
        found = re.fullmatch(r"samtliga (\w+) länsstyrelser( vars uppgifter ingår)?", said)
        if found:
            return (
                ""
                if number(found[1]) == len(base) and bool(found[2]) != everyone
                else f"är alla {len(base)}"
            )
        return (
            ""
            if said == "båda de länsstyrelser vars uppgifter ingår" and len(base) == 2
            else f"är alla {len(base)}"
        )
    fraction = re.fullmatch(r"(\d+) av (\d+) länsstyrelser", said)
    if fraction:
        told = (int(fraction[1]), int(fraction[2]))
        return "" if told == (len(members), len(base)) else f"är {len(members)} av {len(base)}"
    found = re.fullmatch(
        r"(nästan alla|merparten|majoriteten|hälften|flera|några|ett fåtal)(?: länsstyrelser| av länsstyrelserna)? \((.*)\)",
        said,
    )
    if not found:
        return f"är {len(members)} av {len(base)}"
    if found[1] != word_of(len(members), len(base)):
        return f"ordet för {len(members)} av {len(base)} är {word_of(len(members), len(base))}"
    counted = re.fullmatch(r"(\d+) av (\d+)", found[2])
    if counted and found[1] in ("flera", "några", "ett fåtal") and len(members) <= 4:
        return "få nämns vid namn"
    if counted:
        return (
            ""
            if (int(counted[1]), int(counted[2])) == (len(members), len(base))
            else f"är {len(members)} av {len(base)}"
        )
    return "" if set(re.split(", | och ", found[2])) == names else f"är {names}"


PMH = {"valdsform": "PMH"}
ACT, LAGE, IND = "aktiviteter", "lagesbild", "indikatorer"


def asking(table, **wanted):
    """A claim that counts rows: it remembers which."""

    def found(year):
        return year.has(table, **wanted)

    found.asked = table, wanted
    return found


UNDERWAY = {"status": "PÅ K"}
"""What those who report do or have is what goes on or is done: planned and called off carry nothing."""


def act(**wanted):
    return asking(ACT, **{**PMH, **UNDERWAY, **wanted})


def lage(**wanted):
    return asking(LAGE, **PMH, **wanted)


def ind(codes):
    return asking(IND, indikator=codes)


def valued(codes):
    """The counties that have given a number."""

    def found(year):
        rows = [row for row in year.rows(IND, indikator=codes) if isinstance(row["varde"], Decimal)]
        return {row["lan"] for row in rows} & year.base(IND), year.base(IND)

    return found


def without_value(year):
    rows = [row for row in year.rows(IND) if year.may_name(row["indikator"])]
    lost = {row["lan"] for row in rows if row["varde"] is Missing.UNKNOWN}
    return lost & year.base(IND), year.base(IND)


def compared(other, holds):
    """The counties whose number of an indicator stands so to another number of the same rows; of those that have both. Women
    and men apart count where a county has given no number for both."""

    def found(year, label):
        codes = year.data.year.spec.lists["indikator"].codes
        code = next(one.code for one in codes if one.label == label)
        sides = {}
        for row in whole_rows(year, code):
            if isinstance(row["varde"], Decimal) and isinstance(row[other], Decimal):
                sides.setdefault(row["lan"], []).append((row["varde"], row[other]))
        add = max if code in HIGHEST else sum
        members = {
            lan
            for lan, both in sides.items()
            if holds(add(now for now, _ in both), add(then for _, then in both))
        }
        return members, set(sides)

    return found


def whole_rows(year, code):
    rows = year.rows(IND, indikator=code)
    whole = {row["lan"] for row in rows if row["kon"] == "T"}
    return [row for row in rows if row["kon"] == "T" or row["lan"] not in whole]


def reached(year, label):
    """The counties that have reached their target, of those of whom the year before tells in which direction it lies, or
    whose number is the target."""
    code = next(
        one.code for one in year.data.year.spec.lists["indikator"].codes if one.label == label
    )
    add = max if code in HIGHEST else sum
    own = {}
    for row in whole_rows(year, code):
        if isinstance(row["varde"], Decimal) and isinstance(row["malvarde"], Decimal):
            own.setdefault(row["lan"], []).append(row)
    told = {}
    for county, rows in own.items():
        value, target = (add(row[name] for row in rows) for name in ("varde", "malvarde"))
        before = [row["foregaende"] for row in rows]
        known = all(isinstance(one, Decimal) for one in before) and not year.counts_persons(label)
        told[county] = stands(
            {"varde": value, "malvarde": target, "foregaende": add(before) if known else None}
        )
    return {one for one in told if told[one]}, {one for one in told if told[one] is not None}


increased = compared("foregaende", lambda now, before: now > before)


def with_result(year):
    rows = year.rows(ACT, **PMH, typ="SAMO SAMS", status="K")
    found = {row["lan"] for row in rows if isinstance(row["resultat"], str)}
    return found & year.base(ACT), base_of(year, *with_result.asked)


with_result.asked = ACT, {**PMH, "typ": "SAMO SAMS", "status": "K", "resultat": True}


def without_chain(year):
    found, base = whole_chains(year)
    told = base - found - year.nil(LAGE, "mal", ACT, IND)
    return told if rests(whole_chains)(year) else set(), base


def nothing_of(claim, *tables):
    """Those who could have been among them, are not, and have nothing to report."""

    def found(year):
        members, base = claim(year)
        return (base & year.nil(*tables)) - members if rests(claim)(year) else set(), base

    return found


def without(claim):
    """Those who are said not to: they have not answered so, and nothing that they write or count says otherwise."""

    def left(year):
        found, base = claim(year)
        told = base - found - year.nil(ACT) - all_of(evidence(year, *claim.asked))
        return told if rests(claim)(year) else set(), base

    return left


def rests(*claims):
    """Whether the answers to these are known of more than half of those who have reported, and nothing that is not told may be of
    them: what is said of all, or of those who have not, rests on that."""

    def are_known(year):
        return all(2 * len(claim(year)[1]) > len(year.reported) for claim in claims) and not any(
            withheld(year, *claim.asked) for claim in claims if hasattr(claim, "asked")
        )

    return are_known


def mentions(table, fields, stems):
    """The counties that name it in words, and do not say that it is not so; what is lacking is named in any way."""
    pattern = re.compile(rf"\b(?:{'|'.join(stems.split())})")

    def has(text):
        if stems == LACK:
            return pattern.search(text.lower())
        return any(meant(stem, text) for stem in stems.split())

    def found(year):
        rows = year.rows(table, **PMH, **(UNDERWAY if table == ACT else {}))
        counties = {
            row["lan"]
            for row in rows
            if any(isinstance(row[one], str) and has(row[one]) for one in fields)
        }
        return counties & year.base(table), year.base(table)

    return found


TOLD = ("rubrik", "beskrivning", "resultat", "exempeltext")
LACK = "saknas begränsad begränsat ojämlik efterfrågar efterfrågas"
ALREADY = ("ENK INT STAT UTV DOK", "ENK INT STAT DOK EXT")

# A sentence as a pattern with @ for a set of counties and # for a number, and what they are.
CLAIMS = [
    ("@ har lägesbilder som tar upp prostitution och människohandel för sexuella ändamål.", [lage()]),
    ("@ tar upp köparna och dem som tjänar på andras prostitution.", [lage(perspektiv="K"), lage(perspektiv="P")]),
    ("@ tar upp köparna, (?:och|men) @ dem som tjänar på andras prostitution.", [lage(perspektiv="K"), lage(perspektiv="P")]),
    ("@ anger internet och sociala medier som arena.", [lage(arena="NÄT")]),
    ("@ uppger att hbtq-personers utsatthet har analyserats, (?:och|men) @ att utsattheten hos personer med funktionsnedsättning har det.",
     [lage(analys_hbtq="JA"), lage(analys_funktion="JA")]),
    ("Bland de grupper som lägesbilderna gäller finns ensamkommande barn hos @ och unga hbtq-personer hos @.", [lage(malgrupp="EKB"), lage(malgrupp="UHBTQ")]),
    ("@ skriver i sina lägesbilder om sådant som saknas, är begränsat eller efterfrågas.", [mentions(LAGE, ["beskrivning"], LACK)]),
    ("@ har inte kunnat ange värdet för minst en av indikatorerna i tabell.", [without_value]),
    ("@ har avslutat minst en aktivitet under året och har samtidigt arbete inom området som pågår.", [act(status="K"), act(status="PÅ")]),
    ("@ har arbete inom området som pågår och inte är avslutat.", [act(status="PÅ")]),
    ("(?:Samtidigt|Under året) har @ avslutat (?:minst en|någon) aktivitet(?: under året)?.", [act(status="K")]),
    ("@ har (?:minst en|någon) kedja där lägesbild, mål, aktivitet och indikator om prostitution och människohandel hänger ihop.", [whole_chains]),
    ("@ saknar en sådan kedja.", [without_chain]),
    ("Utan en sådan kedja, vilket gäller @, går det inte att följa arbetet från problem till resultat.", [without_chain]),
    ("@ har mål som går att följa från lägesbild till indikator, vilket framgår av tabell.", [whole_chains]),
    ("@ anger hur (?:minst en|någon) aktivitet ska följas upp.", [act(uppfoljning_metod="ENK INT STAT DOK EXT")]),
    ("@ samverkar med polisen, regionkoordinatorn (?:och|eller) andra länsstyrelser.", [act(samverkan="POL"), act(samverkan="RK"), act(samverkan="LST")]),
    ("@ samverkar med polisen, @ med regionkoordinatorn och @ med andra länsstyrelser.", [act(samverkan="POL"), act(samverkan="RK"), act(samverkan="LST")]),
    ("@ samverkar med regionen (?:och|eller) med idéburna organisationer.", [act(samverkan="REG"), act(samverkan="IDE")]),
    ("@ samverkar med regionen, (?:och|men) @ med idéburna organisationer.", [act(samverkan="REG"), act(samverkan="IDE")]),
    ("@ har aktiviteter som vänder sig till skolan (?:och|eller) till polis och rättsväsende.", [act(yrkesgrupp="SKO"), act(yrkesgrupp="POL")]),
    ("@ har aktiviteter som vänder sig till skolan, (?:och|men) @ till polis och rättsväsende.", [act(yrkesgrupp="SKO"), act(yrkesgrupp="POL")]),
    ("@ vänder sig till beslutsfattare.", [act(yrkesgrupp="BES")]),
    ("@ har angett beslutsfattare som yrkesgrupp för en aktivitet som pågår eller är klar.", [act(yrkesgrupp="BES")]),
    ("@ nämner beslutsfattare, chefer eller politiker när aktiviteter som pågår eller är klara beskrivs, men beslutsfattare är inte angivna som yrkesgrupp i dem.", [mentions(ACT, TOLD, "beslutsfattar politiker förtroendevald chef")]),
    ("@ redovisar resultat av en samverkansgrupp vars arbete är avslutat för året.", [with_result]),
    ("Föreläsningar eller utbildningar om prostitution och människohandel finns hos @.", [act(typ="UTB")]),
    ("@ stöder (?:ett|något) resultat av utbildningarna på en enkät till deltagarna.", [act(typ="UTB", belagg="ENK")]),
    ("Aktiviteter som riktar sig till köpare av sexuella tjänster finns hos @.", [act(perspektiv="K")]),
    ("Arbete som riktas mot efterfrågan finns hos @.", [act(perspektiv="K")]),
    ("@ har kampanjer, (?:och|men) @ en insatsvecka mot sexköp.", [act(typ="KAM"), act(typ="INS")]),
    ("@ följer hur många utbildningar som handlar om köpare och efterfrågan.", [ind("3")]),
    ("@ samverkar med kommuner inom området.", [act(samverkan="KOM")]),
    ("@ gör det inte.", [without(act(samverkan="KOM"))]),
    ("@ har inga aktiviteter att redovisa.", [nothing_of(act(samverkan="KOM"), ACT)]),
    ("@ har inget att redovisa i minst ett av leden.", [nothing_of(whole_chains, LAGE, "mal", ACT, IND)]),
    ("@ följer hur många kommuner som har en rutin eller handlingsplan.", [ind("6")]),
    ("@ har aktiviteter som ger samtalsstöd genom Mika eller KAST.", [act(typ="STÖ")]),
    ("Utbildningar finns hos @.", [act(typ="UTB")]),
    ("Vad arbetet har lett till är svårare att belägga: @ redovisar resultat som bygger på den egna upplevelsen.", [act(belagg="UPL")]),
    ("@ samverkar med regionkoordinatorn, (?:och|men) @ med kommuner.", [act(samverkan="RK"), act(samverkan="KOM")]),
    ("Aktiviteter inom området finns hos @, vilket framgår av tabell.", [act()]),
    ("Uppgifterna kommer från @, och det är därför svårt att säga något om landet som helhet.", [valued("23 24")]),
    ("@ stöder sina resultat både på annat och på den egna upplevelsen.", [act(belagg=ALREADY[0]), act(belagg="UPL")]),
    ("@ stöder (?:minst ett|något) resultat på annat än den egna upplevelsen.", [act(belagg=ALREADY[0])]),
    ("(?:Samtidigt|Däremot) redovisar @ resultat som bygger på länsstyrelsens upplevelse.", [act(belagg="UPL")]),
    ("@ har en kartläggning av prostitution och människohandel (?:och|eller) metodstöd eller rutiner.", [act(typ="KAR"), act(typ="MET")]),
    ("@ har en kartläggning av prostitution och människohandel, (?:och|men) @ metodstöd eller rutiner.", [act(typ="KAR"), act(typ="MET")]),
    ("@ samverkar med regionkoordinatorn.", [act(samverkan="RK")]),
    ("@ bidrar till finansieringen av regionkoordinatorer eller gemensamma verksamheter.", [act(typ="SFI")]),
    ("Aktiviteter inom området finns hos @.", [act()]),
    ("@ har (?:minst en|någon) sådan aktivitet som pågår eller är klar.", [act()]),
    ("@ samverkar med polisen.", [act(samverkan="POL")]),
    ("@ samverkar med Åklagarmyndigheten.", [act(samverkan="ÅKL")]),
    ("@ har angett Åklagarmyndigheten som samverkanspart i arbete som pågår eller är klart.", [act(samverkan="ÅKL")]),
    ("@ har en regional strategi eller handlingsplan för området.", [act(typ="STR")]),
    ("@ har uppsökande verksamhet.", [act(typ="UPP")]),
    ("@ fördelar medel till projekt inom området.", [act(typ="PRO")]),
    ("@ har lägesbilder som gäller ensamkommande barn.", [lage(malgrupp="EKB")]),
    ("@ har lägesbilder som gäller unga hbtq-personer.", [lage(malgrupp="UHBTQ")]),
    ("@ tar upp köparna.", [lage(perspektiv="K")]),
    ("@ tar upp dem som tjänar på andras prostitution.", [lage(perspektiv="P")]),
    ("@ uppger att hbtq-personers utsatthet har analyserats.", [lage(analys_hbtq="JA")]),
    ("@ uppger att utsattheten hos personer med funktionsnedsättning har analyserats.", [lage(analys_funktion="JA")]),
    ("@ samverkar med andra länsstyrelser.", [act(samverkan="LST")]),
    ("@ samverkar med regionen.", [act(samverkan="REG")]),
    ("@ samverkar med idéburna organisationer.", [act(samverkan="IDE")]),
    ("@ har aktiviteter som vänder sig till skolan.", [act(yrkesgrupp="SKO")]),
    ("@ har aktiviteter som vänder sig till polis och rättsväsende.", [act(yrkesgrupp="POL")]),
    ("@ har kampanjer.", [act(typ="KAM")]),
    ("@ har en insatsvecka mot sexköp.", [act(typ="INS")]),
    ("@ har en kartläggning av prostitution och människohandel.", [act(typ="KAR")]),
    ("@ har metodstöd eller rutiner.", [act(typ="MET")]),
    ("@ nämner åklagare när aktiviteter som pågår eller är klara beskrivs, men Åklagarmyndigheten är inte angiven som samverkanspart i dem.", [mentions(ACT, TOLD, "åklagar")]),
]  # fmt: skip


HIGHEST = {"5", "6", "11"}
"""Indicators of which a county's rows may count the same thing: the highest counts."""


def total(code):
    def found(year):
        rows = [row for row in year.rows(IND, indikator=code) if isinstance(row["varde"], Decimal)]
        whole = {(row["lan"]) for row in rows if row["kon"] == "T"}
        counted = [row for row in rows if row["kon"] == "T" or row["lan"] not in whole]
        if code in HIGHEST:
            return int(
                sum(
                    max(row["varde"] for row in counted if row["lan"] == lan)
                    for lan in {row["lan"] for row in counted}
                )
            )
        return int(sum(row["varde"] for row in counted))

    return found


def acts(**wanted):
    return lambda year: len(year.rows(ACT, **wanted))


def targets(reached):
    def found(year):
        rows = [
            row
            for row in year.rows(IND)
            if isinstance(row["varde"], Decimal) and isinstance(row["malvarde"], Decimal)
        ]
        return sum(not reached or stands(row) is True for row in rows)

    return found


def directed(year):
    """The targets of which it is known in which direction they lie."""
    return targets_of_year(year)[1]


def directed_where(is_so):
    """The same, where the targets stand so; no number where they do not."""
    return lambda year: directed(year) if is_so(*targets_of_year(year)) else -1


_DIRECTED = "För # av dem framgår det av värdet året före om det ska bli högre eller lägre, och "


def share(part, whole):
    return lambda year: round(100 * part(year) / whole(year) + 1e-9)


def preventive(year):
    return len({row["typ"] for row in year.rows(ACT, **PMH, **UNDERWAY, typ="KAM UTB KON INS EVE")})


NUMBERS = [
    ("Det förebyggande arbetet är av # slag.", [preventive]),
    ("Av de # pågående och klara aktiviteter som främst gäller prostitution och människohandel(?: och vars perspektiv är angivet)? riktar sig # till utsatta, # till köpare och # till profitörer.",
     [acts(**PMH, **UNDERWAY, perspektiv=one) for one in ("U K P", "U", "K", "P")]),
    ("Länsstyrelserna har satt målvärden för # av de värden som de redovisar.", [targets(False)]),
    ("Av dem är # nådda \\(# %\\).", [targets(True), share(targets(True), targets(False))]),
    ("För # av dem framgår det av värdet året före om det ska bli högre eller lägre, och # av dessa är nådda \\(# %\\).",
     [directed, targets(True), share(targets(True), directed)]),
    (f"{_DIRECTED}(?:det är nått|alla dessa är nådda).", [directed_where(lambda _, known, reached: reached == known)]),
    (f"{_DIRECTED}ett av dessa är nått.", [directed_where(lambda _, known, reached: known > reached == 1)]),
    (f"{_DIRECTED}(?:det är inte nått|inget av dessa är nått).", [directed_where(lambda _, known, reached: known and not reached)]),
    ("Samtidigt saknar # aktivitet(?:er)? en planerad uppföljning.", [acts(**PMH, **UNDERWAY, uppfoljning_metod="INGEN")]),
    ("Länsstyrelserna redovisar sammanlagt # utbildningstillfällen? med # utbildade? person(?:er)?.", [total("1"), total("2")]),
    ("Länsstyrelserna redovisar sammanlagt # utbildningstillfällen?.", [total("1")]),
    ("(?:De redovisar också|I arbetet mot prostitution och människohandel redovisar de) sammanlagt # utbildade? person(?:er)?.", [total("2")]),
    ("Arbetet har enligt länsstyrelserna nått sammanlagt # kommun(?:er)? under året, och # kommun(?:er)? har en rutin eller handlingsplan.", [total("5"), total("6")]),
    ("Arbetet har enligt länsstyrelserna nått sammanlagt # kommun(?:er)? under året.", [total("5")]),
    ("Sammanlagt har # kommun(?:er)? en rutin eller handlingsplan.", [total("6")]),
    ("Det kan jämföras med att landet har # kommuner.", [lambda year: len(year.data.year.spec.lists["kommun"].codes)]),
    ("Mottagningarna har enligt uppgift haft kontakt med sammanlagt # person(?:er)? genom Mika och # nya? person(?:er)? genom KAST.", [total("23"), total("24")]),
    ("Vid årets slut pågår # aktivitet(?:er)? inom området.", [acts(**PMH, status="PÅ")]),
]  # fmt: skip
MIXED = [
    ("Sammanlagt redovisas # person(?:er)?, från @.", [total("22")], [valued("22")]),
    ("Länsstyrelserna redovisar (?:också )?sammanlagt # utbildningstillfällen?, enligt uppgifter från @.", [total("1")], [valued("1")]),
    ("Länsstyrelserna redovisar också sammanlagt # utbildade? person(?:er)?, enligt uppgifter från @.", [total("2")], [valued("2")]),
    ("Arbetet har nått sammanlagt # kommun(?:er)? under året, enligt uppgifter från @.", [total("5")], [valued("5")]),
    ("Sammanlagt har # kommun(?:er)? en rutin eller handlingsplan, enligt uppgifter från @.", [total("6")], [valued("6")]),
    ("Genom Mika har mottagningarna haft kontakt med sammanlagt # person(?:er)?, enligt uppgifter från @.", [total("23")], [valued("23")]),
    ("Genom KAST har de haft kontakt med sammanlagt # nya? person(?:er)?, enligt uppgifter från @.", [total("24")], [valued("24")]),
    ("De operativa samverkansgrupperna höll sammanlagt # möten? under året, enligt uppgifter från @.", [total("9")], [valued("9")]),
    ("I samverkan ingår sammanlagt # skolhuvudm[aä]n, enligt uppgifter från @.", [total("12")], [valued("12")]),
]  # fmt: skip


def compiled(pattern):
    made = re.sub(r"\.$", r"\\.", pattern).replace("@", f"({SET})").replace("#", f"({NUMBER})")
    return re.compile(
        made.replace("¤", f"({DECIMAL})").replace("&", f"({NAMES})").replace("£", f"({PHRASE})")
    )


PATTERNS = [(compiled(one), sets, []) for one, sets in CLAIMS] + [
    (compiled(one), [], numbers) for one, numbers in NUMBERS
]
PATTERNS += [(compiled(one), sets, numbers) for one, numbers, sets in MIXED]


FRAMED = [(compiled(one), re.findall("[@#¤&£]", one), claims) for one, claims in FRAME]
NOTHING = re.compile(
    r"Länsstyrelsen ([\w ]+?) har uppgett att det inte finns (något|några (?:aktiviteter|lägesbilder|mål|indikatorer)) att redovisa(, av det skäl som anges i kapitlet om genomförandet|, och anger skälet: ”([^”]*)”)?\.?"
)
HELD_UP = re.compile(
    r"Från ([\w ]+?) är tabellen ([\w ]+) inte med, för en fråga om den måste besvaras först\."
)
FROM_WHOM = re.compile(rf"Uppgifterna kommer från ({SET})\.")
SAME_BASE = re.compile(
    rf"Talen inom parentes avser de ({NUMBER}) länsstyrelser vars uppgifter ingår\."
)
BASES = re.compile(
    rf"Talen inom parentes avser de länsstyrelser vars uppgifter ingår: ({NUMBER}) när det gäller lägesbilder, ({NUMBER}) när det gäller aktiviteter och ({NUMBER}) när det gäller indikatorer\."
)
JOINED = [
    (re.compile("utbildningstillfällen? med |redovisar (?:också|de) sammanlagt [^,]* utbildade? [^,.]*(?:, alla[^,]*)?\\.$"), "1", "2"), (re.compile("under året, och .* har en rutin"), "5", "6"),
    (re.compile("genom Mika och"), "23", "24"),
]  # fmt: skip
"""Two sums in one sentence: they are over the same counties, or say something of each other that is not so."""
STATES = re.compile(
    rf", (?:som (båda |alla )?är (planerad|inställd)(?:e|a)?|inräknat (?:({NUMBER}) som är planerade?)?(?: och )?(?:({NUMBER}) som är inställda?)?)(?=\.$)"
)
STANDS = re.compile(
    rf"({SET}) har nått sitt målvärde för indikatorn (.+?)(?:, (och|men) ({SET}) redovisar ett högre värde än året före)?\."
)
SHARED = re.compile(
    rf"(Ett resultat återkommer hos|Ett skäl återkommer hos|Samma formulering återkommer(?: dock)? i olika län:) ({SET})(?: har målet|:) ”([^”]*)”"
)


def plain(block):
    runs = [run for run in block.runs if not isinstance(run, Note)]
    text = "".join(run.kind if isinstance(run, Reference) else run.text for run in runs)
    begun = re.sub(r"(?:^|(?<=[.”] ))(?:figur|tabell)", lambda found: found[0].capitalize(), text)
    return begun.replace("\u00a0", " ")


QUOTED_SPACE = "\u2003"


def bare(told):
    """A text that begins with its writer, as it goes on behind `att den`."""
    subject = r"(?:[Aa]tt )?(?:[Ll]änsstyrelsen(?: i(?: [A-ZÅÄÖ]\w+)+ län)?|[Vv]i|[Dd]en) "
    tail = re.sub(f"^{subject}", "", told)
    return tail[:1].lower() + tail[1:]


def sentences(text):
    """What is quoted is not divided."""
    whole = re.sub("”[^”]*”", lambda found: found[0].replace(" ", QUOTED_SPACE), text)
    split = re.split(r"(?:(?<=[.»:])|(?<=[.!?]”)) (?=[A-ZÅÄÖ«])", whole)
    return [one.strip().replace(QUOTED_SPACE, " ") for one in split if one.strip()]


def written_by(year):
    """All that each county has written, in one line each."""
    found = set()
    for table in (LAGE, ACT, IND, "mal", "sarredovisning"):
        for row in year.rows(table):
            for value in row.values():
                if isinstance(value, str):
                    found.add((row["lan"], " ".join(value.split()).rstrip(".")))
    for state in year.data.counties:
        for table in state.submission.tables.values() if state.submission else ():
            if table.nil_reason:
                found.add((state.code, " ".join(table.nil_reason.split()).rstrip(".")))
    return found


def texts_of(year):
    """What each county has written, as it stands and as it goes on behind `att den`, the longest first."""
    found = {}
    for code, told in written_by(year):
        found.setdefault(code, set()).update({told, bare(told)})
    return {code: sorted(found[code], key=lambda one: (-len(one), one)) for code in sorted(found)}


NAMELESS = re.compile(
    r"(rapporterar|uppger|framhåller|lyfter) länsstyrelsen (fram )?att den |(Länsstyrelsen (?:skriver|beskriver det så här|uppger): )|(I redovisningen står: )"
)


def with_names(text, year):
    """Where a county has just been named it is not named again: the text with its name back, so that what it has written is
    sought with it."""
    known = "|".join(sorted(year.names.values(), key=len, reverse=True))
    while found := NAMELESS.search(text):
        before = re.findall(
            rf"länsstyrelse[nr]\w* ({known})\b", text[: found.start()], re.IGNORECASE
        )
        name = before[-1] if before else "?"
        made = re.sub("länsstyrelsen ", f"länsstyrelsen {name} ", found[0])
        made = made.replace("Länsstyrelsen ", f"Länsstyrelsen {name} ")
        made = made.replace(
            "I redovisningen står", f"I redovisningen från länsstyrelsen {name} står"
        )
        text = text[: found.start()] + made + text[found.end() :]
    return text


def examples_taken_out(text, year):
    """The text with what a county has told in it replaced, and what was told by another than is said."""
    wrong = []
    text = with_names(text, year)
    codes = {name: code for code, name in year.names.items()}
    by_county = year.texts
    for code, told in by_county.items() if "att den " in text else ():
        for one in told:
            if len(one) > 20 and f"att den {one}" in text:
                text = text.replace(
                    f"länsstyrelsen {year.names[code]} att den {one}.", "«X»."
                ).replace(f"länsstyrelsen {year.names[code]} fram att den {one}.", "«X».")
    if re.search(r"länsstyrelsen [A-ZÅÄÖ][\w ]* (fram )?att den ", text):
        wrong.append(f"exemplet är inte länets: {text}")
    pattern = r"(?:Länsstyrelsen ([\w ]+?) (?:skriver|beskriver det så här|uppger):|I redovisningen från länsstyrelsen ([\w ]+?) står:) ”([^”]*)”"
    for found in re.finditer(pattern, text):
        code, quoted = codes[found[1] or found[2]], found[3].rstrip(".")
        if not any(quoted in one for one in by_county.get(code, [])):
            wrong.append(f"{found[0]}: har inte skrivits av länet")
    text = re.sub(pattern, "«X».", text)
    text = re.sub(r"«X»\.", "", re.sub(r"(Till exempel|Därutöver|Vidare) \w+ «X»\.", "", text))
    return re.sub(" +", " ", text), wrong


def most(claim):
    return lambda year: len(claim(year)[0]) * 2 > len(claim(year)[1])


def some(claim):
    return lambda year: bool(claim(year)[0])


def no(test):
    return lambda year: not test(year)


def bool_of(count):
    return lambda year: bool(count(year))


def both(*tests):
    return lambda year: all(test(year) for test in tests)


def unknown(*tables):
    return lambda year: not year.base(*tables)


def share_of_21(claim, year):
    members, base = claim(year)
    return Decimal(21 * len(members)) / len(base) if base else Decimal(0)


def few(claim):
    """`några` and `ett fåtal`: under four and a half of 21, and never half."""
    return lambda year: 0 < share_of_21(claim, year) < Decimal("4.5")


def few_or_none(claim):
    return lambda year: bool(claim(year)[1]) and share_of_21(claim, year) < Decimal("4.5")


def in_the_middle(claim):
    return lambda year: Decimal("4.5") <= share_of_21(claim, year) <= Decimal("10.5")


def most_of_all(claim):
    """More than half of all counties, whether they have reported or not."""
    return lambda year: 2 * len(claim(year)[0]) > len(year.names)


def surely_no(claim):
    """That nobody has, and that nothing else says otherwise."""
    return lambda year: (
        rests(claim)(year) and not claim(year)[0] and not any(opposed(year, *claim.asked))
    )


def broad(*tables):
    """Whether these tables are known of more than half of those who have reported."""
    return lambda year: 2 * len(year.base(*tables)) > len(year.reported)


def unclear(tables, *claims):
    """Where no judgement is passed: too few are known, or others say otherwise than those who have answered."""
    return lambda year: (
        not broad(*tables)(year)
        or not rests(*claims)(year)
        or any(any(opposed(year, *one.asked)) for one in claims)
    )


def either(*tests):
    return lambda year: any(test(year) for test in tests)


def at_most(claim):
    """Those who have answered so, and those who count it."""

    def found(year):
        table, wanted = claim.asked
        members = claim(year)[0] | counters(year, table, wanted)[0]
        return members, base_with(year, table, wanted, members)

    return found


def counted_by_most(claim):
    """Most count it or have answered so, though most have not answered so."""
    return both(most(at_most(claim)), no(most(claim)))


def middle(heading, claim, *, of_all=False, low=False):
    """`i ett län` and `i en del av länen`, where it is neither few nor most."""

    def is_so(year):
        if of_all:
            return not few(claim)(year) and not most_of_all(claim)(year) and some(claim)(year)
        return some(claim)(year) and not most(claim)(year) and (low or not few(claim)(year))

    one = both(is_so, lambda year: len(claim(year)[0]) == 1)
    return {
        heading.format("i ett län"): one,
        heading.format("i en del av länen"): both(is_so, no(one)),
    }


HEADINGS = {
    "Regionala lägesbilder berör prostitution och människohandel": most(lage()),
    "Få regionala lägesbilder berör prostitution och människohandel": few(lage()),
    "Inga regionala lägesbilder berör prostitution och människohandel": surely_no(lage()),
    **middle("Regionala lägesbilder berör prostitution och människohandel {}", lage()),
    "Regionala lägesbilder": unclear([LAGE], lage()),
    "Arbetet mot prostitution och människohandel ses som ett utvecklingsområde": some(mentions(LAGE, ["beskrivning"], LACK)),
    "Arbetet mot prostitution och människohandel pågår": some(act(status="PÅ")),
    "Inget pågående arbete redovisas": surely_no(act(status="PÅ")),
    "Få riktade mål, insatser och indikatorer": few(whole_chains),
    "Mål, insatser och indikatorer hänger inte ihop": no(some(whole_chains)),
    "Mål, insatser och indikatorer hänger ihop i flertalet län": most_of_all(whole_chains),
    **middle("Mål, insatser och indikatorer hänger ihop {}", whole_chains, of_all=True),
    "Mål, insatser och indikatorer": no(rests(whole_chains)),
    "Stort uppdrag med många frågor": either(no(bool_of(acts())), no(broad(ACT))),
    "Regeringens styrning": no(broad("ekonomi", "sarredovisning")),
    "Stort uppdrag med prostitution och människohandel i periferin": lambda year: acts(**PMH)(year) < acts()(year) / 3,
    "Stort uppdrag där prostitution och människohandel är en fråga bland flera": lambda year: acts()(year) / 3 <= acts(**PMH)(year) <= acts()(year) / 2,
    "Stort uppdrag där prostitution och människohandel har fått plats": lambda year: acts(**PMH)(year) > acts()(year) / 2,
    "Utgifterna för prostitution och människohandel går att följa": lambda year: len(judged("sarredovisat", "noll")(year)[0]) == len(year.names) and bool(judged("sarredovisat")(year)[0]),
    "Ovisst hur länsstyrelserna fördelat anslagsökningen de senaste åren": lambda year: bool(not_shown(year)[0]) or not judged("sarredovisat", "noll")(year)[0],
    "Regeringen behöver förtydliga sin styrning": lambda year: bool(not_shown(year)[0]) or not judged("sarredovisat")(year)[0],
    "Styrningen har gett en samlad redovisning": lambda year: len(judged("sarredovisat", "noll")(year)[0]) == len(year.names),
    "De redovisade utgifterna går att följa": lambda year: not not_shown(year)[0] and 0 < len(judged("sarredovisat", "noll")(year)[0]) < len(year.names),
    "Svårt att nå skolan, rättsväsendet och beslutsfattare": both(*[few_or_none(at_most(act(yrkesgrupp=one))) for one in ("SKO", "POL", "BES")]),
    "Skolan, rättsväsendet och beslutsfattare": either(unclear([ACT], *[act(yrkesgrupp=one) for one in ("SKO", "POL", "BES")]), most(at_most(act(yrkesgrupp="SKO")))),
    **middle("Skolan nås {}", at_most(act(yrkesgrupp="SKO"))),
    "Skolan och beslutsfattare nås": both(most(act(yrkesgrupp="SKO")), most(act(yrkesgrupp="BES"))),
    "Skolan är svår att nå": few_or_none(at_most(act(yrkesgrupp="SKO"))),
    "Skolan nås oftare än beslutsfattare": lambda year: len(act(yrkesgrupp="SKO")(year)[0]) > len(at_most(act(yrkesgrupp="BES"))(year)[0]) and most(act(yrkesgrupp="SKO"))(year),
    "Samverkansstrukturerna behöver utvecklas": surely_no(with_result),
    "Det förebyggande arbetet riktas också mot efterfrågan": most(act(perspektiv="K")),
    "Det förebyggande arbetet ses som ett utvecklingsområde": no(most(at_most(act(perspektiv="K")))),
    "Länsstyrelserna arbetar med kommunerna": both(most(act(samverkan="KOM")), no(some(without(act(samverkan="KOM"))))),
    "Länsstyrelserna behöver arbeta ännu mer med kommunerna": lambda year: bool(without(act(samverkan="KOM"))(year)[0] or not act(samverkan="KOM")(year)[0]),
    "Exempel på insatser som tar sikte på att förebygga upprepat våld": some(act(typ="STÖ")),
    "Inga pågående eller avslutade insatser mot upprepat våld redovisas": surely_no(act(typ="STÖ")),
    "Insatser mot upprepat våld": unclear([ACT], act(typ="STÖ")),
    "Arbete mot efterfrågan": either(unclear([ACT], act(perspektiv="K")), counted_by_most(act(perspektiv="K"))),
    "Arbete med kommunerna": either(unclear([ACT], act(samverkan="KOM")), both(no(most(act(samverkan="KOM"))), no(some(without(act(samverkan="KOM")))))),
    "Resultat och belägg": unclear([ACT], act(belagg=ALREADY[0])),
    "Kunskap och metodutveckling": either(unclear([ACT], act(typ="KAR")), both(no(most(act(typ="KAR"))), no(some(without(act(typ="KAR")))))),
    "Regionkoordinatorn": unclear([ACT], act(samverkan="RK")),
    "Samverkansstrukturer": unclear([ACT], with_result),
    "Samverkan": unclear([ACT], *[act(samverkan=one) for one in ("POL", "RK", "LST", "REG", "IDE", "KOM")]),
    "Pågående och avslutat arbete": either(unclear([ACT], act(status="PÅ")), no(broad(LAGE))),
    "Länsstyrelsernas mandat": unclear([ACT], act(samverkan="POL"), act(samverkan="ÅKL")),
    "Våldsförebyggande förändringsarbete": either(unclear([ACT], act(perspektiv="K")), counted_by_most(act(perspektiv="K"))),
    **middle("Utveckling av samverkansstrukturer ger resultat {}", with_result, low=True),
    "En del av resultaten går att belägga": in_the_middle(act(belagg=ALREADY[0])),
    "Förebyggande arbete av flera slag": lambda year: preventive(year) > 1 and commonest(year) != {"UTB"},
    "Förebyggande arbete med särskilt fokus på kompetensutveckling": lambda year: commonest(year) == {"UTB"},
    "Förebyggande arbete": either(lambda year: preventive(year) < 2, no(broad(ACT))),
    "Viss samverkan redovisas": some(act(samverkan="POL RK LST REG IDE KOM")),
    "Regionala målsättningar går att följa i flertalet län": both(most_of_all(whole_chains), no(shared_goal)),
    "Regionala målsättningar går att följa": both(most(whole_chains), no(shared_goal), no(most_of_all(whole_chains))),
    "Området har blivit synligt i redovisningen": both(most(act()), lambda year: len(judged("sarredovisat", "noll")(year)[0]) == len(year.names)),
    "Ett utvecklingsområde som behöver tydliggöras och synliggöras": lambda year: not (most(act())(year) and len(judged("sarredovisat", "noll")(year)[0]) == len(year.names)),
    "Resultaten av insatserna är svåra att belägga": few_or_none(act(belagg=ALREADY[0])),
    "Kunskap och metoder utvecklas i länen": both(most(act(typ="KAR")), no(some(without(act(typ="KAR"))))),
    "Regionkoordinatorn är en viktig aktör i länen": most(act(samverkan="RK")),
    "Regionkoordinatorn behöver bli en viktigare aktör i länen": no(most(act(samverkan="RK"))),
    "Ingen pågående eller avslutad samverkan redovisas": both(*[surely_no(act(samverkan=one)) for one in ("POL", "RK", "LST", "REG", "IDE", "KOM")]),
    "Samverkan sker på flera olika nivåer": both(some(act(samverkan="POL RK")), some(act(samverkan="KOM REG"))),
    "Samverkan med rättsväsendet är etablerad": both(most(act(samverkan="POL")), most(act(samverkan="ÅKL"))),
}  # fmt: skip
"""Headings that state a finding, and when they are true. Where nothing is known they state none."""
EVERY_HEADING = OTHER_HEADINGS | HEADINGS
JUDGED_OF = [
    ("lägesbilder berör", (LAGE,)),
    ("^Mål, insatser och indikatorer h|^Få riktade|^Regionala målsättningar (?:ska|går)", (LAGE, "mal", ACT, IND)),
    ("^Regeringen behöver|^Styrningen har|^De redovisade", ("ekonomi", "sarredovisning")),
    ("^Arbetet mot prostitution och människohandel (?:ses|pågår)|^Inget pågående|^Stort uppdrag (?:där|med prostitution)|^Svårt att|^Skolan (?:nås|och|är)"
     "|^Samverkansstrukturerna|^Utveckling av|^Det förebyggande|^Länsstyrelserna (?:arbetar|behöver|kan)|^Exempel på|^Inga pågående|^Insatserna|^Resultaten"
     "|^En del av|^Det finns|^Kunskap och metoder|^Regionkoordinatorn [äb]|^Ingen pågående|^Viss|^Samverkan (?:sker|med)|^Förebyggande arbete [am]|^Det våldsf|^Stor utmaning"
     "|^Området har|^Ett utvecklingsområde", (ACT,)),
]  # fmt: skip
"""The tables that a heading which passes judgement rests on: they are known of more than half."""
RESTING = [
    ("lägesbilder berör", [lage()]), ("^Inget pågående", [act(status="PÅ")]), ("^Samverkansstrukturerna|ger resultat$", [with_result]),
    ("^Mål, insatser och indikatorer h|^Få riktade|^Regionala målsättningar (?:ska|går)", [whole_chains]),
    ("^Svårt att|^Skolan (?:nås|och|är)", [act(yrkesgrupp=one) for one in ("SKO", "POL", "BES")]), ("^Det förebyggande arbetet", [act(perspektiv="K")]),
    ("^Länsstyrelserna (?:arbetar|behöver)", [act(samverkan="KOM")]), ("^Inga pågående", [act(typ="STÖ")]), ("^Insatserna|^Resultaten|^En del av", [act(belagg=ALREADY[0])]),
    ("^Det finns|^Kunskap och metoder", [act(typ="KAR")]), ("^Regionkoordinatorn [äb]", [act(samverkan="RK")]), ("^Det våldsf|^Stor utmaning", [act(perspektiv="K")]),
    ("^Ingen pågående", [act(samverkan=one) for one in ("POL", "RK", "LST", "REG", "IDE", "KOM")]), ("^Området har|^Ett utvecklingsområde", [act()]),
    ("^Samverkan med|^Länsstyrelserna kan", [act(samverkan="POL"), act(samverkan="ÅKL")]),
]  # fmt: skip
"""The claims that it rests on: of more than half the answer is known in each field."""


def contradictions(report, data, extracts=None):
    """What the report says and the rows do not; and sentences that are not known here."""
    year = Year(data, extracts, report)
    inside, found = False, []
    for block in report.blocks:
        if isinstance(block, Heading):
            inside = block.name in CHECKED if block.level == 1 else inside
            found += wrong_heading(block.text, year) if inside else []
        elif isinstance(block, Chart | TileMap):
            found += filter(None, [wrong_figure(block.id, block.alternative, year)])
        elif isinstance(block, Figure) and block.table.id == "malsattningar":
            found += filter(None, [wrong_goals(block.table, year)])
        elif isinstance(block, Figure) and block.table.id in SUMMED:
            found += wrong_sum_notes(block.table, year, number)
        elif inside and isinstance(block, Paragraph):
            found += uncounted(plain(block), year)
            text, wrong = examples_taken_out(plain(block), year)
            found += wrong
            for said in sentences(text):
                found += wrong_sentence(said, year)
            for note in notes_of(block):
                found += [f"{note}: {why}" for why in [wrong_note(note, year, number)] if why]
    paragraphs = (plain(block) for block in report.blocks if isinstance(block, Paragraph))
    return found + silent_sums(" ".join(paragraphs), year)


TOLD_OF = re.compile(
    r"(?:rapporterar|uppger|framhåller|lyfter) länsstyrelsen ([\w ]+?) (?:fram )?att den (.+)\."
    r"|(?:Länsstyrelsen ([\w ]+?) (?:skriver|beskriver det så här|uppger):|I redovisningen från länsstyrelsen ([\w ]+?) står:) ”([^”]*)”"
)
SITUATIONS = re.compile("Lägesbilderna tar också upp [^.]*\\.")


def asked_in(said):
    """What the sets of counties of a sentence have been asked for; None where it has none, or some are not found so."""
    if SITUATIONS.fullmatch(said):
        return [oracle_claims.lage()]
    for pattern, sets, _ in PATTERNS:
        if sets and pattern.fullmatch(said):
            return [one.asked for one in sets] if all(hasattr(one, "asked") for one in sets) else []
    return None


def uncounted(text, year):
    """Examples and quotations whose own row is none of those that the claims before them count."""
    codes = {name: code for code, name in year.names.items()}
    claims, was_told, wrong = None, True, []
    for said in sentences(with_names(text, year)):
        found = TOLD_OF.search(said)
        asked = asked_in(said)
        if found and claims:
            county = codes[found[1] or found[3] or found[4]]
            told = (found[2] or found[5])[:60]
            rows = [row for one in claims for row in counted_rows(year, one, county)]
            wrong += [] if told_in(told, rows) else [f"räknas inte i påståendet: {said}"]
        elif asked is not None:
            claims = asked if was_told or not claims else [*claims, *asked]
        was_told = bool(found)
    return wrong


IN_WORK = " i arbete som pågår eller är klart"
CHAINS = (
    "någon kedja där lägesbild, mål, aktivitet och indikator om prostitution och människohandel hänger ihop",
    "mål som går att följa från lägesbild till indikator",
)  # fmt: skip
NOT_KNOWN = re.compile(
    r"Hur många länsstyrelser som har (.+?) går inte att säga, eftersom (?:svaret är känt för bara (\w+) av de (\w+) som har redovisat"
    r"|(svaret inte är känt för någon av dem)|(uppgifter som inte trycks kan gälla det))\."
)  # fmt: skip
UNDECIDED = re.compile(rf"Om ({NAMES}|\w+ länsstyrelser) (har det|gör det) framgår inte av redovisningarna\.")  # fmt: skip


def wrong_unknown(found, year):
    """That it is not known how many have done a thing: nobody says so, and it is not known of more than half."""
    asked = found[1].removesuffix(IN_WORK)
    claim = whole_chains if asked in CHAINS else asking(SAID[asked][0], **SAID[asked][1])
    aside = hasattr(claim, "asked") and bool(put_aside(year, claim.asked))
    if aside != found[1].endswith(IN_WORK):
        return ["arbete som inte pågår"]
    members, base = claim(year)
    wrong = ["någon har svarat så"] if members else []
    if found[5]:
        told = 2 * len(base) > len(year.reported) and withheld(year, *claim.asked) and not any(opposed(year, *claim.asked))  # fmt: skip
        return wrong if told else [*wrong, "inget som inte trycks gäller det"]
    wrong += [] if 2 * len(base) <= len(year.reported) else [f"känt för {len(base)}"]
    told = (number(found[2]), number(found[3])) if found[2] else (0, len(year.reported))
    return wrong if told == (len(base), len(year.reported)) else [*wrong, f"känt för {len(base)}"]


def wrong_open(found, year):
    """Of whom it is not known, by name where they are few."""
    asked = unknown_in(year, ACT, {**PMH, **UNDERWAY, "samverkan": "KOM"})
    who = (
        asked if found[2] == "gör det" else year.base(LAGE, "mal", ACT, IND) - whole_chains(year)[1]
    )
    if len(who) > 3:
        counted = re.fullmatch(r"(\w+) länsstyrelser", found[1])
        return [] if counted and number(counted[1]) == len(who) else [f"är {who}"]
    return [wrong_names(found[1], who, year)]


def wrong_denial(said, year):
    """What stands in place of that nobody has done a thing."""
    if said in ("Det går därför inte att säga hur många det gäller.", "Hur många det gäller går därför inte att säga."):  # fmt: skip
        return []
    if (found := NOT_KNOWN.fullmatch(said)) is not None:
        return wrong_unknown(found, year)
    if (found := UNDECIDED.fullmatch(said)) is not None:
        return wrong_open(found, year)
    if (found := re.fullmatch(rf"Även ({SET}) redovisar tal som visar på ({'|'.join(MORE)})\.", said)) is not None:  # fmt: skip
        return wrong_more(found[1], act(**MORE[found[2]]), year)
    if (found := re.fullmatch(rf"({SET}) har inte ({'|'.join(map(re.escape, SAID))})({IN_WORK})?, men ({'|'.join(DONE.values())})\.", said)) is not None:  # fmt: skip
        return wrong_undecided(found, year)
    found = re.fullmatch(
        rf"({SET}) har ({'|'.join(map(re.escape, SAID))})({IN_WORK})?, men ({SET}) ({'|'.join(DONE.values())})\.",
        said,
    )
    if found is None:
        return None
    table, wanted = SAID[found[2]]
    written, counted, possible = opposed(year, table, wanted)
    sure = written | counted
    who, form = sure or possible, form_told((written, counted, set() if sure else possible))
    wrong = [wrong_set(found[1], set(), base_of(year, table, wanted), year)]
    wrong += [] if known_of_most(year, (table, wanted)) else ["för få svar är kända"]
    wrong += [wrong_set(found[4], who, base_with(year, table, wanted, who), year)]
    wrong += [] if bool(put_aside(year, (table, wanted))) == bool(found[3]) else ["arbete som inte pågår"]  # fmt: skip
    return [*wrong, "" if DONE[form] == found[5] else f"är {form}"]


MORE = {
    "arbete med skolan": {"yrkesgrupp": "SKO"}, "utbildning av beslutsfattare": {"yrkesgrupp": "BES"}, "utbildningar": {"typ": "UTB"},
    "utbildningar om köpare och efterfrågan": {"perspektiv": "K"}, "kampanjer": {"typ": "KAM"}, "insatsveckor mot sexköp": {"typ": "INS"},
    "arbete med kommuner": {"samverkan": "KOM"}, "kartläggningar": {"typ": "KAR"}, "samtalsstöd": {"typ": "STÖ"},
}  # fmt: skip
"""What numbers show that more count than have answered so."""


def wrong_more(said, claim, year):
    members, _ = claim(year)
    others = counters(year, *claim.asked)[0] - members
    return [wrong_set(said, others, base_with(year, *claim.asked, others), year), "" if members else "ingen har svarat så"]  # fmt: skip


def wrong_undecided(found, year):
    """That some have not answered so, but write of it or count it."""
    table, wanted = SAID[found[2]]
    members, base = {row["lan"] for row in year.rows(table) if counted_rows(year, (table, wanted), row["lan"])}, base_of(year, table, wanted)  # fmt: skip
    told = [one & base - members - year.nil(table) for one in evidence(year, table, wanted)]
    form = form_told(told)
    aside = bool(put_aside(year, (table, wanted)) & all_of(told))
    if aside != bool(found[3]):
        return ["arbete som inte pågår"]
    return [wrong_set(found[1], all_of(told), base, year), "" if DONE[form] == found[4] else f"är {form}"]  # fmt: skip


def denied_wrongly(said, members, claim, year):
    """That nobody has done what others of the report's own data say has been done."""
    if members or claim is whole_chains:
        return [] if members or rests(claim)(year) else ["för få svar är kända"]
    if not hasattr(claim, "asked"):
        return []
    against = set().union(*opposed(year, *claim.asked))
    wrong = [f"motsägs av {against}"] if against else []
    return wrong if rests(claim)(year) else [*wrong, "för få svar är kända"]


def wrong_heading(said, year):
    test = EVERY_HEADING.get(said)
    if test is None:
        return [f"okänd rubrik: {said}"]
    for pattern, tables in JUDGED_OF:
        if re.search(pattern, said) and not broad(*tables)(year):
            return [f"rubriken vilar på för få: {said}"]
    for pattern, claims in RESTING:
        if re.search(pattern, said) and not rests(*claims)(year):
            return [f"rubriken vilar på för få svar: {said}"]
    return [] if test(year) else [f"rubriken stämmer inte: {said}"]


def notes_of(block):
    notes = [run for run in block.runs if isinstance(run, Note)]
    return ["".join(one.text for one in note.runs).replace("\u00a0", " ") for note in notes]


def named_again(told):
    """`samma länsstyrelse` is the one that was named before."""
    found = []
    for one in told:
        found.append(found[-1] if one == "samma länsstyrelse" else one)
    return found


def wrong_standing(said, year):
    match = STANDS.fullmatch(said)
    if match is None:
        return None
    wrong = [wrong_of_both(match[1], *reached(year, match[2]), year)]
    members, base = increased(year, match[2])
    # Of persons no report of the year before has printed anything here.
    if bool(match[3]) != (bool(base) and not year.counts_persons(match[2])):
        wrong.append("året före")
    elif match[3]:
        _, second = named_again([match[1], match[4]])
        wrong.append(wrong_of_both(second, members, base, year))
        alike = bool(members) == bool(reached(year, match[2])[0])
        wrong += [] if match[3] == ("och" if alike else "men") else ["bindeordet"]
    return wrong


def wrong_of_both(said, members, base, year):
    """All and none are said of those who have given both numbers."""
    if "vars uppgifter ingår" in said:
        return "underlaget är de som har båda talen"
    return wrong_set(said.replace("som har redovisat båda talen", "vars uppgifter ingår"), members, base, year)  # fmt: skip


def wrong_joined(said, year):
    for pattern, *codes in JOINED:
        if pattern.search(said):
            one, other = (valued(code)(year)[0] for code in codes)
            return [] if one == other else [f"{said}: två summor över olika län"]
    return []


def wrong_states(said, year):
    """How many of the activities are planned, or called off."""
    if not re.match(
        "Sammanlagt redovisas .* mot kvinnor|Länsstyrelserna redovisar .* för 2020", said
    ):
        return []
    every, planned, off = (acts(**one)(year) for one in ({}, {"status": "P"}, {"status": "I"}))
    found = STATES.search(said)
    if found is None:
        return [] if planned == off == 0 else [f"{said}: {planned} planerade, {off} inställda"]
    if found[2]:
        of = planned if found[2] == "planerad" else off
        word = {1: "", 2: "båda "}.get(every, "alla ")
        return [] if of == every and (found[1] or "") == word else [f"{said}: {of} av {every}"]
    told = [number(one) if one else 0 for one in (found[3], found[4])]
    return [] if told == [planned, off] else [f"{said}: {planned} planerade, {off} inställda"]


def wrong_shared(said, year):
    """A text that several counties have written: who they are."""
    match = SHARED.fullmatch(said)
    if match is None:
        return None
    if "formulering" in match[1]:
        table, field, rows = "mal", "formulering", year.rows("mal")
    elif "skäl" in match[1]:
        table, field = IND, "kommentar"
        rows = [row for row in year.rows(IND) if isinstance(row["varde"], Missing)]
    else:
        table, field = ACT, "resultat"
        rows = year.rows(ACT, **PMH, typ="SAMO SAMS", status="K")
    text = " ".join(match[3].split()).rstrip(".")
    writers = {
        row["lan"]
        for row in rows
        if isinstance(row[field], str) and " ".join(row[field].split()).rstrip(".") == text
    }
    return [wrong_set(match[2], writers & year.base(table), year.base(table), year)]


def wrong_nothing(said, year):
    """That a county has nothing to report, and why."""
    match = NOTHING.fullmatch(said)
    if match is None:
        return None
    code = next(code for code, name in year.names.items() if name == match[1])
    whole = year.standing[code] == "nil"
    wrong = [] if whole == (match[2] == "något") else ["läget"]
    wrong += [] if whole or year.states[code][ACT] == "nil" else ["aktiviteterna"]
    reasons = nil_reasons(year, code)
    if match[4]:
        wrong += [] if match[4].rstrip(".") in reasons else ["skälet"]
    elif match[3]:
        wrong += [] if reasons else ["det finns inget skäl"]
    return wrong


def nil_reasons(year, code):
    state = next(state for state in year.data.counties if state.code == code)
    told = [table.nil_reason for table in state.submission.tables.values() if table.nil_reason]
    return {" ".join(one.split()).rstrip(".") for one in told}


def wrong_held_up(said, year):
    match = HELD_UP.fullmatch(said)
    if match is None:
        return None
    labels = {one.label.lower(): id_ for id_, one in year.data.year.spec.tables.items()}
    code = next(code for code, name in year.names.items() if name == match[1])
    right = year.standing[code] == "questions"
    return [] if right and year.states[code][labels[match[2]]] == "blocked" else ["är inte så"]


def wrong_base(said, year):
    """What the numbers in parentheses are of."""
    bases = [year.base(table) for table in (LAGE, ACT, IND)]
    alike = all(base == bases[0] for base in bases)
    if match := SAME_BASE.fullmatch(said):
        return [] if alike and number(match[1]) == len(bases[0]) else ["underlaget"]
    if match := BASES.fullmatch(said):
        told = [number(one) for one in match.groups()]
        return [] if not alike and told == [len(base) for base in bases] else ["underlagen"]
    if match := FROM_WHOM.fullmatch(said):
        whose = [(bases[0], bases[0]), with_number("23 24")(year)]
        wrong = [wrong_set(match[1], *one, year) for one in whose]
        return [] if "" in wrong else wrong
    return None


def wrong_frame(said, year):
    for pattern, kinds, claims in FRAMED:
        match = pattern.fullmatch(said)
        if match is None:
            continue
        return [
            wrong_token(kind, told, claim, year)
            for kind, told, claim in zip(kinds, match.groups(), claims, strict=True)
        ]
    return None


def wrong_token(kind, told, claim, year):
    if kind == "@":
        return wrong_set(told, *claim(year), year)
    if kind == "¤":
        return wrong_amount(told, claim, year)
    if kind == "£":
        return "" if told == claim(year) else f"{told} är {claim(year)}"
    if kind == "&":
        return wrong_names(told, claim(year), year)
    return "" if number(told) == claim(year) else f"{told} är {claim(year)}"


def wrong_sentence(said, year):
    wrong = wrong_scope(said, year) + wrong_joined(said, year) + wrong_states(said, year)
    return wrong + _wrong_sentence(STATES.sub("", without_scope(said)), year)


def _wrong_sentence(said, year):
    if said == "Mindre än hälften av de målvärden som länsstyrelserna har satt är nådda.":
        every, known, reached = targets_of_year(year)
        return [] if (reached + every - known) * 2 < every else [said]
    if said in FIXED or said in SAID_WHERE:
        return [] if said in FIXED or SAID_WHERE[said](year) else [f"{said}: är inte så"]
    if said in REST:
        return [] if REST[said](year) else [f"{said}: är inte så"]
    if (found := wrong_left_out(said, year, number)) is not None:
        return [f"{said}: {why}" for why in found]
    for wrong in (
        wrong_standing, wrong_shared, wrong_nothing, wrong_held_up, wrong_base, wrong_frame, wrong_denial
    ):  # fmt: skip
        if (found := wrong(said, year)) is not None:
            return [f"{said}: {why}" for why in found if why]
    for pattern, sets, numbers in PATTERNS:
        match = pattern.fullmatch(said)
        if match is None:
            continue
        groups = list(match.groups())
        told_numbers = [one for one in groups if re.fullmatch(NUMBER, one)]
        told_sets = [one for one in groups if one not in told_numbers]
        told_sets = named_again(told_sets)
        if len(told_sets) == 1:
            told_sets *= max(1, len(sets))  # one phrase for several sets that are said to be alike
        wrong = [
            why
            for one, claim in zip(told_sets, sets, strict=True)
            if (why := wrong_set(one, *claim(year), year))
        ]
        for claim in sets:
            wrong += denied_wrongly(said, claim(year)[0], claim, year)
        wrong += [
            f"är {claim(year)}"
            for one, claim in zip(told_numbers, numbers, strict=True)
            if number(one) != claim(year)
        ]
        return [f"{said}: {why}" for why in wrong]
    return [f"okänd mening: {said}"]


def main(first, beyond):
    from tests.conftest import ROOT
    from tests.report.years import made_year
    from toolkit.checks.file import judge
    from toolkit.report import prose, write_report
    from toolkit.spec.load import load_year

    year = load_year(ROOT / "templates", 2020)
    paths = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
    returns = [judge(path.read_bytes(), path.name, {2020: year}) for path in paths]
    prose.refuse_faults(year)
    prose.refuse_faults = lambda _: None  # the chapters are the same in all the years
    wrong = 0
    for seed in range(first, beyond):
        results, extracts = made_year(seed, returns, year)
        for one in contradictions(write_report(results), results.data, extracts):
            wrong += 1
            print(f"{seed}: {one}", flush=True)
    print(f"{beyond - first} years, {wrong} contradictions")
    return 1 if wrong else 0


if __name__ == "__main__":
    import sys

    asked = [int(one) for one in sys.argv[1:]]
    raise SystemExit(main(*([0, *asked] if len(asked) == 1 else asked)))
