"""Whom the report says that a sum of kronor leaves out: all of them, each with its reason, or their number. Reckoned from the
plain rows and from what each county's return is: who is named alone is taken to be the only one."""

from __future__ import annotations

import re

OWN, TRACED, TOTAL = "egen", "sparat", "totalt"
SUBJECTS = {
    "Summan": [TOTAL], "Beloppet på koden": [OWN], "Summan på koden": [OWN], "Det beloppet": [TRACED],
    "Andelarna av beloppen": [OWN, TOTAL], "Summan och andelen": [OWN], "Summan av alla koder": [TOTAL],
    "Summan och andelarna": [TOTAL],
}  # fmt: skip
"""The parts that must be known of a county for it to be in what a sentence is about."""
REASONS = {
    "us": r", som inte har uppgift om alla belopp(?: på den egna koden| på andra koder)?",
    "fel": ", vars uppgifter har fel som ska rättas eller frågor som ska besvaras",
    "obehandlad": ", vars redovisning inte har kunnat behandlas",
    "saknas": ", som inte har redovisat",
}
LEFT_OUT = re.compile(rf"({'|'.join(SUBJECTS)}) omfattar inte (.*)\.")
FROM = re.compile(r"Belopp saknas från (.*)\.")
SHORT = re.compile(r"(\w+) av de (\w+) länsstyrelserna")
MOST_NAMED = 6


def is_of(line, part):
    """Whether a line is of what is summed."""
    if part == TOTAL:
        return True
    return (
        line["code"] == "PM" if part == OWN else line["code"] != "PM" and line["violence"] == "PMH"
    )


KINDS = {"U": "utgifterna", "K": "kostnaderna", "": "beloppen utan uppgift om slag"}


def natures_told(year):
    """Utgift and kostnad, and what says neither where any such amount is there."""
    lines = [line for one in year.plain.values() for line in one["lines"]]
    unsaid = any(
        line["basis"] not in ("U", "K") and line["outcome"] and not isinstance(line["outcome"], str)
        for line in lines
    )
    return ("U", "K", "") if unsaid else ("U", "K")


def lost_natures(year, lines):
    """The natures that an amount of these lines, of which it is not known how high it is, may be of."""
    unknown = [line["basis"] for line in lines if line["outcome"] == "u.s."]
    neither = any(basis not in ("U", "K") for basis in unknown)
    return tuple(one for one in natures_told(year) if one in unknown or neither)


def left_out(year, parts):
    """The counties by reason; where they do not know all of some natures alone, these are in the reason."""
    found = {}
    for code, one in year.plain.items():
        own = [line for line in one["lines"] if any(is_of(line, part) for part in parts)]
        unknown = lost_natures(year, own)
        if year.standing[code] == "missing":
            found.setdefault("saknas", set()).add(code)
        elif year.standing[code] == "untreated":
            found.setdefault("obehandlad", set()).add(code)
        elif year.states[code]["ekonomi"] in {"blocked", "missing"}:
            found.setdefault("fel", set()).add(code)
        elif unknown:
            some = unknown if unknown != natures_told(year) else ()
            found.setdefault(("us", *some) if some else "us", set()).add(code)
    return found


def told_in(said, year, number):
    """What a list says: for each reason the counties, or how many they are."""
    found = {}
    rest = said
    while rest:
        ends = [
            (match.start(), match.end(), reason)
            for reason, words in REASONS.items()
            if (match := re.search(words, rest))
        ]
        if not ends:
            return {"?": rest}
        start, end, reason = min(ends)
        who = rest[:start].removeprefix("och ")
        kinds, hos, county = who.partition(" hos ")
        if hos:
            own = [one for one, words in KINDS.items() if words in re.split(", | och ", kinds)]
            reason, who = (reason, *own), county
        found[reason] = counties_in(who, year, number)
        rest = rest[end:].lstrip(", ")
    return found


def counties_in(said, year, number):
    if match := re.fullmatch(r"(\w+) länsstyrelser", said):
        return number(match[1])
    names = re.split(", | och ", re.sub(r"^länsstyrelse(?:n|rna) ", "", said))
    return {next((code for code, name in year.names.items() if name == one), one) for one in names}


def share_lacking(year):
    """In words the counties that know all on the own code, and not all that they have spent."""
    found = {}
    for code, one in year.plain.items():
        own = lost_natures(year, [line for line in one["lines"] if is_of(line, OWN)])
        every = lost_natures(year, one["lines"])
        only = tuple(nature for nature in every if nature not in own)
        if only and year.states[code]["ekonomi"] not in {"blocked", "missing"}:
            found.setdefault(() if only == natures_told(year) else only, []).append(
                year.names[code]
            )
    told = [
        f"{' och '.join(KINDS[nature] for nature in natures)}{' hos ' if natures else ''}"
        f"{counties_said(sorted(names, key=lambda name: [ALPHABET.index(sign) for sign in name.lower()]))}"
        f"{', som inte har uppgift om alla belopp'}"
        for natures, names in sorted(found.items())
    ]
    return f"{', '.join(told[:-1])}, och {told[-1]}" if told[1:] else "".join(told)


def counties_said(names):
    if len(names) == 1:
        return f"länsstyrelsen {names[0]}"
    return f"länsstyrelserna {', '.join(names[:-1])} och {names[-1]}"


def wrong_left_out(said, year, number):
    """None where the sentence is not of this kind."""
    match = LEFT_OUT.fullmatch(said)
    origin = FROM.fullmatch(said)
    if match is None and origin is None:
        return None
    if "heller" in said and "dem heller" not in said:
        return None
    parts, told = (SUBJECTS[match[1]], match[2]) if match else ([TOTAL], origin[1])
    expected = left_out(year, parts)
    if told == "dem heller":
        before = [left_out(year, [part]) for part in ([TOTAL] if parts == [OWN] else [OWN, TOTAL])]
        return [] if expected and expected in before else [f"är {expected}"]
    if short := SHORT.fullmatch(told):
        found = number(short[1]), number(short[2])
        return (
            []
            if found == (sum(map(len, expected.values())), len(year.names))
            else [f"är {expected}"]
        )
    shown = {
        reason: codes if len(codes) <= MOST_NAMED else len(codes)
        for reason, codes in expected.items()
    }
    return [] if told_in(told, year, number) == shown else [f"är {shown}"]


def silent_sums(report_said, year):
    """The sums that are printed beside no word on whom they leave out, though they leave out somebody."""
    asked = {
        "Redovisningarna omfattar ": ("Summan", [TOTAL]), "På den egna koden står sammanlagt ": ("Summan på koden", [OWN]),
        "Utanför den egna koden går det att spåra ": ("Det beloppet", [TRACED]),
        "På den egna koden för prostitution och människohandel står ": ("Beloppet på koden", [OWN]),
    }  # fmt: skip
    found = []
    for start, (subject, parts) in asked.items():
        if start in report_said and left_out(year, parts):
            after = report_said.split(start, 1)[1]
            found += (
                []
                if f"{subject} omfattar inte " in after[:1500]
                else [f"{start}: säger inte vilka som fattas"]
            )
    return found


SUMMED = {
    "sarredovisning": "Summan och andelen",
    "koder": "Summan och andelarna",
    "lan_koder": "Summan av alla koder",
}


def wrong_sum_notes(table, year, number):
    """What the footnote at a table's sum says of whom it leaves out, or leaves unsaid."""
    subject = SUMMED[table.id]
    first = next(row for row, cells in enumerate(table.rows) if cells[0] == "Summa")
    notes = [
        note.text.replace("\u00a0", " ")
        for note in table.notes
        if note.row == first and subject in note.text
    ]
    if not notes:
        return [f"{table.id}: ingen not"] if left_out(year, SUBJECTS[subject]) else []
    sentence = re.match(r"[^.]*\.", notes[0])[0]
    return [f"{table.id}: {why}" for why in wrong_left_out(sentence, year, number)]


ALPHABET = " abcdefghijklmnopqrstuvwxyzåäö"
TAILS = {"fel": REASONS["fel"], "obehandlad": REASONS["obehandlad"], "saknas": REASONS["saknas"]}
IN_WORDS = [
    "noll",
    "en",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
]


def sentence_of_those_without(year, tables, others=()):
    """Of a count over some tables: whom it leaves out, but for those (`others`) of whom something else is said."""
    found = {reason: set() for reason in TAILS}
    for code in year.names.keys() - set(others):
        if year.standing[code] in {"missing", "untreated"}:
            found["saknas" if year.standing[code] == "missing" else "obehandlad"].add(code)
        elif code not in year.base(*tables):
            found.setdefault("fel", set()).add(code)
    told = [f"{who(codes, year)}{TAILS[reason]}" for reason, codes in found.items() if codes]
    if not told:
        return ""
    listed = told[0] if len(told) == 1 else ", ".join(told[:-1]) + ", och " + told[-1]
    return f"Talen omfattar inte {listed}."


def who(codes, year):
    if len(codes) > MOST_NAMED:
        return f"{IN_WORDS[len(codes)] if len(codes) < len(IN_WORDS) else len(codes)} länsstyrelser"
    names = sorted(
        (year.names[code] for code in codes),
        key=lambda name: [ALPHABET.index(sign) for sign in name.lower()],
    )
    listed = " och ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"länsstyrelsen {listed}" if len(names) == 1 else f"länsstyrelserna {listed}"
