"""What speaks against that nobody has done a thing, and which rows a claim counts: reckoned again from the merged rows, apart from
the chapters and from what they call. The words that speak against a claim are the year's own (`motsagelser` in rapport.yaml)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain, product

from tests.report.oracle_unknown import LOST, base_of, hides, unknown_in

LAGE, ACT, IND = "lagesbild", "aktiviteter", "indikatorer"
WRITTEN = {LAGE: ("beskrivning",), ACT: ("rubrik", "beskrivning", "resultat", "exempeltext"), IND: ("kommentar",)}  # fmt: skip
ABOVE = {
    ("samverkan", "KOM"): "5", ("perspektiv", "K"): "3", ("yrkesgrupp", "SKO"): "12", ("yrkesgrupp", "BES"): "4",
    ("typ", "UTB"): "1 2", ("typ", "KAM"): "7 8", ("typ", "INS"): "10", ("typ", "STÖ"): "23 24", ("typ", "KAR"): "11",
}  # fmt: skip
"""The indicators that count what a code stands for."""
OF_THE_AREA = {"3", "10", "23", "24"}
"""What they count is of the area whatever they belong to: buyers, weeks against buying sex, Mika, KAST (domain.md §4 and §6)."""
PM = {"valdsform": "PMH"}
UNDERWAY = {"status": "PÅ K"}


def act(**wanted):
    """What is said to be done rests on what goes on or is done: planned and called off carry nothing."""
    return ACT, {**PM, **UNDERWAY, **wanted}


def lage(**wanted):
    return LAGE, {**PM, **wanted}


SAID = {
    "angett en lägesbild som främst gäller prostitution och människohandel": lage(),
    "angett köpare som perspektiv i en lägesbild": lage(perspektiv="K"),
    "angett profitörer som perspektiv i en lägesbild": lage(perspektiv="P"),
    "angett internet och sociala medier som arena": lage(arena="NÄT"),
    "uppgett att hbtq-personers utsatthet har analyserats": lage(analys_hbtq="JA"),
    "uppgett att utsattheten hos personer med funktionsnedsättning har analyserats": lage(analys_funktion="JA"),
    "angett ensamkommande barn som målgrupp i en lägesbild": lage(malgrupp="EKB"),
    "angett unga hbtq-personer som målgrupp i en lägesbild": lage(malgrupp="UHBTQ"),
    "angett att arbete inom området pågår": act(status="PÅ"),
    "angett någon aktivitet inom området som klar": act(status="K"),
    "angett hur någon aktivitet ska följas upp": act(uppfoljning_metod="ENK INT STAT DOK EXT"),
    "angett polisen som samverkanspart": act(samverkan="POL"),
    "angett regionkoordinatorn som samverkanspart": act(samverkan="RK"),
    "angett en annan länsstyrelse som samverkanspart": act(samverkan="LST"),
    "angett regionen som samverkanspart": act(samverkan="REG"),
    "angett en idéburen organisation som samverkanspart": act(samverkan="IDE"),
    "angett Åklagarmyndigheten som samverkanspart": act(samverkan="ÅKL"),
    "angett kommuner som samverkanspart inom området": act(samverkan="KOM"),
    "angett skolan som yrkesgrupp eller arena för en aktivitet": act(yrkesgrupp="SKO"),
    "angett polis och rättsväsende som yrkesgrupp för en aktivitet": act(yrkesgrupp="POL"),
    "angett beslutsfattare som yrkesgrupp för en aktivitet": act(yrkesgrupp="BES"),
    "angett något resultat av en samverkansgrupp vars arbete är avslutat för året": act(typ="SAMO SAMS", status="K", resultat=True),
    "angett någon föreläsning eller utbildning om prostitution och människohandel": act(typ="UTB"),
    "angett en enkät till deltagarna som belägg för resultat av utbildningarna": act(typ="UTB", belagg="ENK"),
    "angett köpare som perspektiv för en aktivitet": act(perspektiv="K"),
    "angett kampanj som typ av aktivitet": act(typ="KAM"),
    "angett insatsvecka mot sexköp som typ av aktivitet": act(typ="INS"),
    "redovisat hur många utbildningar som handlar om köpare och efterfrågan": (IND, {"indikator": "3"}),
    "redovisat hur många kommuner som har en rutin eller handlingsplan": (IND, {"indikator": "6"}),
    "angett samtalsstöd genom Mika eller KAST som typ av aktivitet": act(typ="STÖ"),
    "angett annat belägg för sina resultat än den egna upplevelsen": act(belagg="ENK INT STAT UTV DOK"),
    "angett en kartläggning av prostitution och människohandel": act(typ="KAR"),
    "angett metodstöd eller rutiner som typ av aktivitet": act(typ="MET"),
    "angett samfinansiering av regionkoordinatorn som typ av aktivitet": act(typ="SFI"),
    "angett ensamkommande barn som målgrupp för en aktivitet": (ACT, {**UNDERWAY, "malgrupp": "EKB"}),
    "angett någon aktivitet inom området som pågår eller är klar": act(),
}  # fmt: skip
"""What is said that nobody has answered, and what was asked."""
DONE = {"skriver": "nämner det i text", "raknar": "redovisar tal som visar att det förekommer", "bada": "nämner det i text eller redovisar tal för det", "kan": "redovisar uppgifter som kan gälla det"}  # fmt: skip


def stems(year, table, field, code):
    texts = year.data.year.texts("rapport").entries
    return [one.replace("_", " ") for one in texts.get(f"motsagelser.{table}.{field}.{code}", "").split()]  # fmt: skip


CLAUSES = re.compile(r"[.!?;:()]|, (?=(?:och|inte|ej|utan)\b)|\b(?=(?:men|som|eftersom|medan|att|när|då|där|så|hur|vilket|dock|trots)\b)")  # fmt: skip
NOT_SO = re.compile(r"\b(?:inte|ej|aldrig|saknas)\b(?!.*\b(?:bara|minst|förrän|alla|samtliga|klar\w*|färdig\w*|tillräckligt?|helt)\b)")  # fmt: skip
NONE_OF = re.compile(r"\b(?:ingen|inga|inget|utan|saknar|varken)\b")


def meant(word, text):
    """Whether a text names something and does not say in the same clause that it is not so."""
    for clause in CLAUSES.split(text.lower()):
        for hit in re.finditer(rf"(?<!\w){re.escape(word)}", clause):
            every = re.match(r"[ ,]*(?:alla|samtliga)\b", clause)
            if (every or not NOT_SO.search(clause)) and not NONE_OF.search(clause[: hit.start()]):
                return True
    return False


def says(row, table, words):
    told = [row[one] for one in WRITTEN[table] if isinstance(row[one], str)]
    return any(meant(word, text) for word in words for text in told)


def answered(row, field, codes):
    value = row[field]
    if codes is True:
        return isinstance(value, (str, tuple))
    return bool(set(value if isinstance(value, tuple) else [value]) & set(codes.split()))


def fits(row, wanted):
    return all(answered(row, field, codes) for field, codes in wanted.items())


def beside_state(wanted):
    """What is asked of a row but for its area, and but for its state where there is anything else: a text about what is planned
    or called off says nothing of what is done."""
    own = [field for field in wanted if field != "valdsform"]
    return [field for field in own if field != "status"] or own


def put_aside(year, asked):
    """The counties that have answered all of it of work which is not known to go on or be done."""
    table, wanted = asked
    if "status" not in wanted or beside_state(wanted) == ["status"]:
        return set()
    others = {field: codes for field, codes in wanted.items() if field != "status"}
    return {row["lan"] for row in year.rows(table) if fits(row, others) and not fits(row, wanted)}


def writers(year, table, wanted):
    """The counties with a row that says in words what it has not answered, and has answered the rest: those whose text says all
    of it, and those that have said some of it by a code alone."""
    found, partly = set(), set()
    for row in year.rows(table):
        if table == IND and not year.may_name(row["indikator"]):
            continue
        lacking = [field for field, codes in wanted.items() if not answered(row, field, codes)]
        if not lacking or ("valdsform" in lacking and len(wanted) > 1) or any(wanted[one] is True for one in lacking):  # fmt: skip
            continue
        asked = beside_state(wanted)
        if "status" in lacking and "status" not in asked and (row["status"] not in LOST or lacking == ["status"]):  # fmt: skip
            continue
        in_words = {
            one: says(row, table, [w for code in wanted[one].split() for w in stems(year, table, one, code)])
            for one in wanted if wanted[one] is not True and (one in asked or one == "valdsform")
        }  # fmt: skip
        told = [one for one in lacking if one in in_words]
        if all(in_words[one] for one in told):
            coded = [one for one in in_words if one not in lacking and one != "valdsform"]
            is_sure = all(in_words[one] for one in coded) and told == lacking
            (found if is_sure else partly).add(row["lan"])
    beside, perhaps = noted(year, table, wanted)
    return found & year.base(table) | beside, partly & year.base(table) | perhaps


BESIDE = {ACT: {IND: ("kommentar",), "ekonomi": ("kommentar",)}}
"""What counties write beside the rows of a table, in rows that belong to them."""


def noted(year, table, wanted):
    """The counties that write of it beside a number or an amount of theirs, and those of which nobody knows the area of that."""
    apart = {field: wanted[field] for field in beside_state(wanted)}
    found, perhaps = set(), set()
    if any(codes is True for codes in apart.values()):
        return found, perhaps
    for other, fields in BESIDE.get(table, {}).items():
        for row in year.rows(other):
            if other == IND and not year.may_name(row["indikator"]):
                continue
            texts = [row[one] for one in fields if isinstance(row[one], str)]
            words = [[w for code in codes.split() for w in stems(year, table, field, code)] for field, codes in (apart or wanted).items()]  # fmt: skip
            if not all(any(meant(word, text) for word in own for text in texts) for own in words):
                continue
            form = wanted.get("valdsform") if not apart or "valdsform" not in wanted else form_beside(year, other, row)  # fmt: skip
            if form == wanted.get("valdsform"):
                found.add(row["lan"])
            elif form is None:
                perhaps.add(row["lan"])
    return found, perhaps


def form_beside(year, table, row):
    if table == "ekonomi":
        return row["valdsform"] if isinstance(row["valdsform"], str) else ""
    return form_of(year, row)


def form_of(year, row):
    """The våldsform that a number is of: that of its activity, or else of the situation behind its goal; None where none is known."""
    keys = ((ACT, "aktivitet_id"), ("mal", "mal_id"))
    for table, field in keys:
        above = [one for one in year.rows(table) if (one["lan"], one["id"]) == (row["lan"], row[field])]  # fmt: skip
        if above and table == "mal":
            above = [one for one in year.rows(LAGE) if (one["lan"], one["id"]) == (row["lan"], above[-1]["lagesbild_id"])]  # fmt: skip
        if above:
            return above[-1]["valdsform"]
    return None


def counters(year, table, wanted):
    """The counties with a number above nought for it, where it is told; and those of whose number nobody knows the area. Whether
    their rows of the table that the claim is of are known does not matter."""
    asked = beside_state(wanted)
    if table != ACT or len(asked) != 1 or wanted[asked[0]] is True:
        return set(), set()
    codes = [one for code in wanted[asked[0]].split() for one in ABOVE.get((asked[0], code), "").split()]  # fmt: skip
    found, unsure = set(), set()
    for row, code in product(year.rows(IND), codes):
        if row["indikator"] != code or not year.may_name(code) or not isinstance(row["varde"], Decimal):  # fmt: skip
            continue
        if row["varde"] <= 0 or year.hides(row):
            continue
        is_plain = code in OF_THE_AREA or "valdsform" not in wanted
        of = None if is_plain else form_of(year, row)
        if is_plain or of == wanted["valdsform"]:
            found.add(row["lan"])
        elif of is None:
            unsure.add(row["lan"])
    return found, unsure - found


def withheld(year, table, wanted):
    """Whether a number that is not told may be of the claim."""
    asked = beside_state(wanted)
    codes = {}
    if table == ACT and len(asked) == 1 and wanted[asked[0]] is not True:
        for code in wanted[asked[0]].split():
            own = ABOVE.get((asked[0], code), "").split()
            codes |= {one: one in OF_THE_AREA or "valdsform" not in wanted for one in own}
    return hides(year, table, wanted, codes, form_of)


def known_of_most(year, asked):
    """Whether more than half of those who have reported have answered: of fewer nothing is said of all."""
    return 2 * len(base_of(year, *asked)) > len(year.reported)


def evidence(year, table, wanted):
    """Who writes of it, who counts it, and of whom it may be; whoever else has answered so."""
    (written, partly), (counted, unsure) = writers(year, table, wanted), counters(year, table, wanted)  # fmt: skip
    return written, counted, (partly | unsure) - written - counted


def opposed(year, table, wanted):
    """Who says otherwise, where nobody has answered so."""
    if any(fits(row, wanted) and row["lan"] in year.base(table) for row in year.rows(table)):
        return set(), set(), set()
    return evidence(year, table, wanted)


def form_told(found):
    """How it is said that others say otherwise."""
    written, counted, possible = found
    if possible:
        return "kan"
    return "bada" if written and counted else "raknar" if counted else "skriver"


def base_with(year, table, wanted, members):
    """Among whom they are counted: those who have answered, and where others count it those who could count."""
    base = base_of(year, table, wanted)
    if members <= base:
        return base
    return ((base | year.base(IND)) - unknown_in(year, table, wanted)) | members


def all_of(found):
    return set(chain.from_iterable(found))


def counted_rows(year, asked, county):
    """The rows of a county that a claim counts."""
    table, wanted = asked
    return [row for row in year.rows(table) if row["lan"] == county and fits(row, wanted)]


def told_in(text, rows):
    """Whether one of the rows has the text, or what it becomes behind `att den`."""
    wanted = re.sub(r"\W", "", text).lower()
    for row in rows:
        for value in row.values():
            if isinstance(value, str) and len(wanted) > 5 and wanted in re.sub(r"\W", "", value).lower():  # fmt: skip
                return True
    return False
