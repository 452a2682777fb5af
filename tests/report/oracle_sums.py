"""Of what area the sums of indicators are, and which counties a sum of kronor leaves out: reckoned again from the merged rows.
A figure in a section on prostitution and trafficking is of that area, or its sentence says that it is of all violence
(domain.md §5 and §6, docs/rapporten.md)."""

from __future__ import annotations

import re

MARK = re.compile(
    r", (i båda fallen med )?alla former av våld inräknade(?=[.,])|, oavsett form av våld(?=\.)"
)
COUNTED = {
    "1": r"utbildningstillfälle",
    "2": r"utbildade? person",
    "5": r"har (?:enligt länsstyrelserna )?nått sammanlagt",
    "6": r"har en rutin eller handlingsplan|Sammanlagt har [\w ]+ en rutin|kommuner som har en rutin eller handlingsplan",
    "9": r"samverkansgrupperna höll sammanlagt",
    "12": r"I samverkan ingår sammanlagt",
    "22": r"Sammanlagt redovisas [\w ]+ persone?r?(?:, alla|, från)",
    "23": r"genom Mika och|Genom Mika har",
    "24": r"nya? person(?:er)? genom KAST|Genom KAST har",
    "": r"målvärden för .+ av de värden|av de målvärden som länsstyrelserna",
}
"""Where a sentence tells the sum of an indicator, by its code; of them all under none."""
TOGETHER = {"23", "24"}
"""Two that are said in one breath: what is said at the end is said of both."""


def is_within(year, code):
    """Whether all rows of an indicator hang on work that is coded as prostitution and trafficking."""
    about = {(row["lan"], row["id"]) for row in year.rows("aktiviteter", valdsform="PMH")}
    seen = {(row["lan"], row["id"]) for row in year.rows("lagesbild", valdsform="PMH")}
    goals = {(row["lan"], row["id"]): row["lagesbild_id"] for row in year.rows("mal")}
    for row in year.rows("indikatorer"):
        if code and row["indikator"] != code:
            continue
        if isinstance(row["aktivitet_id"], str):
            held = (row["lan"], row["aktivitet_id"]) in about
        else:
            held = (row["lan"], goals.get((row["lan"], row["mal_id"]))) in seen
        if not held:
            return False
    return True


def places(said):
    found = {code: re.search(pattern, said) for code, pattern in COUNTED.items()}
    return {code: match.start() for code, match in found.items() if match}


def marked(said):
    """The codes of which a sentence says that they are of all violence: those before the mark and behind the mark before it,
    or, where it is said of two, both."""
    codes, begins, found = places(said), 0, set()
    for mark in MARK.finditer(said):
        start = 0 if mark[1] else begins
        found |= {code for code, place in codes.items() if start <= place < mark.start()}
        begins = mark.end()
    return found


def without_scope(said):
    """A sentence as it is where all is of the area."""
    return MARK.sub("", said).replace("har satt, är", "har satt är")


def wrong_scope(said, year):
    """What a sentence says, or leaves unsaid, of the area of its sums."""
    codes = (
        set(places(said))
        if "sammanlagt" in said.lower() or MARK.search(said) or "målvärden" in said
        else set()
    )
    told = marked(said)
    outside = {code for code in codes if not is_within(year, code)}
    if outside & TOGETHER:
        outside |= codes & TOGETHER
    if {"1", "2"} <= codes and (outside or told):
        return [f"{said}: ett par där det ena inte hör till området"]
    if outside == told:
        return []
    return [f"{said}: alla former av våld sägs om {sorted(told)}, och det gäller {sorted(outside)}"]
