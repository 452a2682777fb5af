"""What speaks against that nobody has done a thing, and which rows a claim counts: reckoned again from the merged rows, apart from
the chapters and from what they call. The words that speak against a claim are the year's own (`motsagelser` in rapport.yaml)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product

LAGE, ACT, IND = "lagesbild", "aktiviteter", "indikatorer"
WRITTEN = {LAGE: ("beskrivning",), ACT: ("rubrik", "beskrivning", "resultat", "exempeltext"), IND: ("kommentar",)}  # fmt: skip
ABOVE = {
    ("perspektiv", "K"): "3", ("yrkesgrupp", "SKO"): "12", ("yrkesgrupp", "BES"): "4",
    ("typ", "UTB"): "1 2", ("typ", "KAM"): "7 8", ("typ", "INS"): "10", ("typ", "STÖ"): "23 24", ("typ", "KAR"): "11",
}  # fmt: skip
"""The indicators that count what a code stands for."""
PM = {"valdsform": "PMH"}


def act(**wanted):
    return ACT, {**PM, **wanted}


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
    "angett ensamkommande barn som målgrupp för en aktivitet": (ACT, {"malgrupp": "EKB"}),
    "angett någon aktivitet som främst gäller prostitution och människohandel": act(),
}  # fmt: skip
"""What is said that nobody has answered, and what was asked."""
DONE = {"skriver": "nämner det i text", "raknar": "redovisar tal som visar att det förekommer", "bada": "nämner det i text eller redovisar tal för det"}  # fmt: skip


def stems(year, table, field, code):
    texts = year.data.year.texts("rapport").entries
    return [one.replace("_", " ") for one in texts.get(f"motsagelser.{table}.{field}.{code}", "").split()]  # fmt: skip


def says(row, table, words):
    told = " ".join(row[one].lower() for one in WRITTEN[table] if isinstance(row[one], str))
    return any(re.search(rf"(?<!\w){re.escape(word)}", told) for word in words)


def answered(row, field, codes):
    value = row[field]
    if codes is True:
        return isinstance(value, (str, tuple))
    return bool(set(value if isinstance(value, tuple) else [value]) & set(codes.split()))


def fits(row, wanted):
    return all(answered(row, field, codes) for field, codes in wanted.items())


def writers(year, table, wanted):
    """The counties with a row that says in words what it has not answered, and has answered the rest."""
    found = set()
    for row in year.rows(table):
        if table == IND and not year.may_name(row["indikator"]):
            continue
        lacking = [field for field, codes in wanted.items() if not answered(row, field, codes)]
        if not lacking or ("valdsform" in lacking and len(wanted) > 1) or any(wanted[one] is True for one in lacking):  # fmt: skip
            continue
        words = [[w for code in wanted[one].split() for w in stems(year, table, one, code)] for one in lacking]  # fmt: skip
        if all(says(row, table, own) for own in words):
            found.add(row["lan"])
    return found & year.base(table)


def counters(year, table, wanted):
    """The counties with a number above nought for it, where it is told."""
    asked = [field for field in wanted if field != "valdsform"]
    if table != ACT or len(asked) != 1 or wanted[asked[0]] is True:
        return set()
    codes = [one for code in wanted[asked[0]].split() for one in ABOVE.get((asked[0], code), "").split()]  # fmt: skip
    found = set()
    for row, code in product(year.rows(IND), codes):
        if row["indikator"] == code and year.may_name(code) and isinstance(row["varde"], Decimal):
            found |= {row["lan"]} if row["varde"] > 0 and not year.hides(row) else set()
    return found & year.base(table)


def opposed(year, table, wanted):
    """Who says otherwise, where nobody has answered so."""
    if any(fits(row, wanted) and row["lan"] in year.base(table) for row in year.rows(table)):
        return set(), set()
    return writers(year, table, wanted), counters(year, table, wanted)


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
