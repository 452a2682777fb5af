"""What the report says before its chapters on the work, and of money: reckoned again from the merged rows, from domain.md
§2, §4 and §7 and docs/sarredovisning.md. Sums and verdicts are those of tests/analysis/oracle.py, which imports nothing of
the toolkit."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from tests.analysis import oracle as money
from tests.report.oracle_left_out import share_lacking
from toolkit.returns.submission import Missing

WORDS = {Missing.UNKNOWN: "u.s.", Missing.BLANK: "tomt", Missing.NOT_APPLICABLE: "e.t."}
CODES = {"code": ("801", "VN", "HR", "VF", "PM"), "kind": (), "post": ()}
PRINTED = {
    2017: (60_000_000, 75_080_595),
    2018: (90_000_000, 85_531_674),
    2019: (110_000_000, 102_596_630),
    2020: (110_000_000, 90_600_545),
}
"""Appropriation and spend, as the report of 2021 has them."""


def plain_value(value):
    return WORDS.get(value, value) if isinstance(value, Missing) else value


def left_blank(year, code):
    """Whether the county's own file has no answer about the area: errors keep nothing out then."""
    state = next(one for one in year.data.counties if one.code == code)
    table = state.submission.tables.get("sarredovisning") if state.submission else None
    records = table.records if table else ()
    return any(
        record.get("omrade") == "PM" and record.get("status") is Missing.BLANK for record in records
    )


def plain_county(year, code):
    """A county as tests/analysis/oracle.py wants it."""
    own = {table: [row for row in year.rows(table) if row["lan"] == code] for table in year.fields}
    states = year.states[code]
    said = own["sarredovisning"]
    blocked = {table for table, state in states.items() if state == "blocked"}
    blocked -= {"sarredovisning"} if left_blank(year, code) else set()
    return {
        "sent": code in year.reported,
        "blocked": blocked,
        "lines": [
            {
                "code": row["verksamhetskod"], "kind": row["kostnadsslag"], "post": row["anslagspost"],
                "violence": row["valdsform"], "basis": row["slag"], "outcome": plain_value(row["utfall"]),
            }
            for row in own["ekonomi"]
        ],
        "answer": answered(said[0]) if said else None,
        "stated": {row["verksamhetskod"]: row["huvudbok"] for row in own["huvudbok"]},
        "accounts": {row["anslagspost"]: row["utgifter"] for row in own["anslag"]},
        "extract": year.extracts.get(code),
    }  # fmt: skip


def answered(row):
    """The answer, its reason and the amount beside it."""
    return (
        plain_value(row["status"]),
        row["skal"] if isinstance(row["skal"], str) else "",
        plain_value(row["belopp"]),
    )


def judged(*verdicts):
    """Of those of whom it is known: one that cannot be judged, or whose answer errors keep out, is neither."""

    def found(year):
        told = {code: money.verdict(year.plain[code]) for code in year.reported}
        members = {code for code in told if told[code] in verdicts}
        open_ones = held_back("sarredovisning")(year)
        unknown = {code for code in told if told[code] == "kan_inte_bedomas"}
        unknown |= {code for code in open_ones if told[code] == "ej_redovisat"}
        return members, year.reported - (unknown - members)

    return found


def not_shown(year):
    """Those that have told of their spend and cannot show what the area has cost."""
    shown, base = judged("sarredovisat", "noll")(year)
    return base - shown - year.nil("ekonomi"), base


def not_seen(year):
    """Those with errors of whom it is not seen what the area has cost."""
    shown, _ = judged("sarredovisat", "noll")(year)
    return held_back("ekonomi", "sarredovisning")(year) - shown - not_shown(year)[0]


def not_told(year):
    """Those who do not know an amount."""
    return judged("kan_inte_bedomas")(year)[0] - not_seen(year)


def held_back(*tables):
    """Those who have reported one of the tables, with errors that keep it out of the report."""

    def found(year):
        return {code for code in year.reported if "blocked" in {year.states[code][one] for one in tables}}  # fmt: skip

    return found


def held_and(claim, *tables):
    return lambda year: claim(year)[0] & held_back(*tables)(year)


def unanswered(year):
    left, base = judged("ej_redovisat")(year)
    held = held_back("sarredovisning")(year)
    return left - held, base - held


NATURES = (
    ("U", "i utgifter", "av utgifterna"),
    ("K", "i kostnader", "av kostnaderna"),
    ("", "utan uppgift om slag", "av beloppen utan uppgift om slag"),
)
"""Utgift and kostnad are told by themselves, and what is neither after them."""
OWN, TRACED, TOTAL = 0, 1, 2


def is_part(line, part):
    if part == TOTAL:
        return True
    if part == OWN:
        return line["code"] == "PM"
    return line["code"] != "PM" and line["violence"] == "PMH"


def known_counties(year, part, nature):
    """A county with u.s. on what is summed is in no sum of it: u.s. is not nought. What says neither utgift nor kostnad
    may be either; what says one leaves the other known."""
    for one in year.plain.values():
        lines = [line for line in money.lines_of(one) if is_part(line, part)]
        own = [
            line for line in lines if line["basis"] in (nature,) or line["basis"] not in ("U", "K")
        ]
        if all(line["outcome"] != "u.s." for line in own):
            yield one


def by_nature(counties, part):
    sums, there = {}, set()
    for one in counties:
        for line in money.lines_of(one):
            if is_part(line, part) and isinstance(line["outcome"], Decimal):
                nature = line["basis"] if line["basis"] in ("U", "K") else ""
                sums[nature] = sums.get(nature, Decimal(0)) + line["outcome"]
                there |= {nature} if line["outcome"] else set()
    # 100 and −100 are amounts, though they come to nought: it is not that there are none.
    return {nature: sums[nature] for nature in sums if nature in there}


def spent(part):
    def found(year):
        every = {}
        for nature, *_ in NATURES:
            sums = by_nature(known_counties(year, part, nature), part)
            every |= {nature: sums[nature]} if nature in sums else {}
        return every

    return found


def rounded(value, decimals):
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def grouped(value, decimals):
    """`1 234,5`, with a true minus."""
    said = f"{abs(value):,.{decimals}f}".replace(",", " ").replace(".", ",")
    return ("−" if value < 0 else "") + said


def in_kr(amount):
    exact = rounded(amount, 2)
    return f"{grouped(exact, 0 if exact == exact.to_integral() else 2)} kr"


def in_mnkr(amount):
    return f"{grouped(rounded(amount / 1_000_000, 1), 1)} mnkr"


def joined(parts):
    return ", ".join(parts[:-1]) + " och " + parts[-1] if len(parts) > 1 else "".join(parts)


def amounts(part, show):
    def told(year):
        sums = spent(part)(year)
        return joined([f"{show(sums[one])} {words}" for one, words, _ in NATURES if one in sums])

    return told


def shares(year):
    """Of counties alone of which both the part and the whole are known."""
    told = []
    for nature, _, words in NATURES:
        counties = list(known_counties(year, TOTAL, nature))  # all has its part in it
        own, total = by_nature(counties, OWN), by_nature(counties, TOTAL)
        if nature in own and total.get(nature):
            percent = rounded(100 * own[nature] / total[nature], 1)
            told.append(f"{grouped(percent, 1)} % {words}")
    return joined(told)


def part(of, whole):
    return lambda year: 100 * Decimal(of(year)) / Decimal(whole(year))


def with_extract(year):
    """Where the county's own rows are held back there was nothing to compare."""
    known = {code for code, one in year.plain.items() if money.readable(one, "ekonomi")}
    return known & year.extracts.keys(), year.reported


def with_difference(year):
    found = {
        code
        for code in year.reported
        if any(money.differences(year.plain[code], cut, CODES[cut]) for cut in CODES)
    }
    return found, year.reported


def years(test):
    told = [str(year) for year, (granted, spent) in PRINTED.items() if test(granted, spent)]
    return ", ".join(told[:-1]) + " och " + told[-1] if len(told) > 1 else "".join(told)


def reported(year):
    return len(year.reported)


def everyone(year):
    return len(year.names)


def acts(year, **wanted):
    return len(year.rows("aktiviteter", **wanted))


def lacking(wanted):
    """Those whose lines of it are not all known: they are not in its sum."""

    def found(year):
        known = [list(known_counties(year, wanted, nature)) for nature, *_ in NATURES]
        return {code for code, one in year.plain.items() if any(one not in own for own in known)}

    return found


def none_known(wanted, *, is_any_in_doubt):
    """No amount is known; that of some county is in doubt, or none is."""

    def said(year):
        doubted, _ = judged("kan_inte_bedomas")(year)
        is_doubt = bool(doubted) or (wanted == OWN and bool(lacking(OWN)(year)))
        is_told = wanted == TOTAL and lacking(TOTAL)(year)  # who they are is said then
        return not spent(wanted)(year) and is_doubt == is_any_in_doubt and not is_told

    return said


def of_area(year):
    return acts(year, valdsform="PMH")


def only(count, of_them):
    """A sentence that is said where so many are there and so many of them are of the area."""
    return lambda year: count(acts(year)) and of_them(of_area(year), acts(year))


def named(test):
    return lambda year: {code for code, state in year.standing.items() if test(state)}


def blocked_in(year):
    return named(lambda state: state == "errors")(year)


# @ is a set of counties, # a whole number, ¤ an amount or a share, £ amounts or shares of utgift and kostnad, & a list of
# counties by name.
FRAME = [
    ("Redovisningarna omfattar £.", [amounts(TOTAL, in_mnkr)]),
    ("Andelen omfattar inte heller £.", [share_lacking]),
    ("På den egna koden för prostitution och människohandel står (?!.*%)£.", [amounts(OWN, in_mnkr)]),
    ("På den egna koden står sammanlagt (?!.*%)£.", [amounts(OWN, in_kr)]),
    ("Samtidigt står (?!.*%)£ på den egna koden.", [amounts(OWN, in_mnkr)]),
    ("På den egna koden för prostitution och människohandel står £, vilket är £.", [amounts(OWN, in_mnkr), shares]),
    ("Ytterligare £ går att spåra på andra koder.", [amounts(TRACED, in_mnkr)]),
    ("Däremot går £ att spåra på andra koder.", [amounts(TRACED, in_mnkr)]),
    ("Ytterligare £ går att spåra på andra koder, och blir därmed inte synliga i bokföringen som arbete mot prostitution och människohandel.", [amounts(TRACED, in_mnkr)]),
    ("På den egna koden står sammanlagt £, vilket är £.", [amounts(OWN, in_kr), shares]),
    ("Utanför den egna koden går det att spåra ytterligare £.", [amounts(TRACED, in_kr)]),
    ("På den egna koden står £.", [shares]),
    ("Samtidigt står £ på den egna koden.", [shares]),
    ("Prostitution och människohandel utgör ¤ % av aktiviteterna.", [(part(of_area, acts), 0)]),
    ("Beloppen har jämförts med huvudboksutdrag från @.", [with_extract]),
    ("Hos @ skiljer sig beloppen från (?:huvudboken|vad länsstyrelsen själv har angett om huvudboken) eller anslagsredovisningen.", [with_difference]),
    ("Samtliga # länsstyrelser har redovisat(?: sitt arbete för 2020)?.", [reported]),
    ("# av de # länsstyrelserna har redovisat(?: sitt arbete för 2020)?.", [reported, everyone]),
    ("Ingen av de # länsstyrelserna har redovisat.", [everyone]),
    ("Redovisning saknas från &.", [named(lambda state: state == "missing")]),
    ("Uppgifter från & innehåller fel som inte har rättats.", [blocked_in]),
    ("& har ännu inte besvarat alla frågor om sin redovisning.", [named(lambda state: state == "questions")]),
    ("Sammanlagt redovisas # aktivitet(?:er)? mot mäns våld mot kvinnor.", [acts]),
    ("Länsstyrelserna redovisar # aktivitet(?:er)? för 2020.", [acts]),
    ("Av dem gäller # \\(¤ %\\) främst prostitution och människohandel för sexuella ändamål.", [of_area, (part(of_area, acts), 0)]),
    ("@ hade under 2020 aktiviteter, mot någon form av våld, med ensamkommande barn som målgrupp.", [lambda year: year.has("aktiviteter", malgrupp="EKB", status="PÅ K")]),
    ("@ redovisar 2020 alla sina utgifter för området på den egna koden.", [judged("sarredovisat")]),
    ("@ särredovisar alla sina utgifter för området, vilket framgår av tabell.", [judged("sarredovisat")]),
    ("@ har uppgett att inga utgifter inom området finns att redovisa.", [judged("noll")]),
    ("@ har utgifter inom området, men de står på andra koder än den egna.", [judged("sammanslaget")]),
    ("@ särredovisar en del av utgifterna, medan en del står på andra koder.", [judged("delvis")]),
    ("@ har svarat att utgifterna inte redovisas på den egna koden.", [judged("ej_med_skal")]),
    ("@ har redovisat belopp som motsägs av huvudboken.", [judged("motsags")]),
    ("För @ går det inte att bedöma om utgifterna hålls isär.", [judged("kan_inte_bedomas")]),
    ("@ har inte redovisat om utgifterna hålls isär.", [unanswered]),
    ("I uppgifterna om särredovisning från & finns fel som ska rättas eller frågor som ska besvaras.", [held_and(judged("ej_redovisat"), "sarredovisning")]),
    ("I uppgifterna om utgifter eller särredovisning från & finns fel som ska rättas eller frågor som ska besvaras.", [not_seen]),
    ("& har redovisat aktiviteter(?: för 2020)?, men i uppgifterna finns fel som ska rättas eller frågor som ska besvaras.", [held_back("aktiviteter")]),
    ("# länsstyrelser har redovisat aktiviteter(?: för 2020)?, men i uppgifterna finns fel som ska rättas eller frågor som ska besvaras.", [lambda year: len(held_back("aktiviteter")(year))]),
    ("@ kan inte fullt ut visa vad arbetet mot prostitution och människohandel har kostat, vilket framgår av tabell.", [not_shown]),
    ("& har inte uppgift om alla belopp, och vad arbetet har kostat där går därför inte heller att säga.", [not_told]),
    ("@ visar vad arbetet mot prostitution och människohandel har kostat, vilket framgår av tabell.", [judged("sarredovisat")]),
    ("@ har uppgett att det inte finns något att redovisa.", [lambda year: (named(lambda state: state == "nil")(year), year.reported)]),
    ("@ har förklarat uppgifter som väckte frågor vid kontrollen.", [lambda year: (year.explained, year.reported)]),
    ("Länsstyrelsernas anslag uppgick till ¤ mnkr 2020 jämfört med ¤ mnkr 2017.", [(lambda _: PRINTED[2020][0] / Decimal(10**6), 0), (lambda _: PRINTED[2017][0] / Decimal(10**6), 0)]),
    ("Under 2020 förbrukades ¤ % av anslaget.", [(lambda _: Decimal(100) * PRINTED[2020][1] / PRINTED[2020][0], 1)]),
]  # fmt: skip
SAID_WHERE = {
    "Inga aktiviteter redovisas.": lambda year: not acts(year) and not held_back("aktiviteter")(year),
    "Ingen länsstyrelse har redovisat några aktiviteter för 2020.": lambda year: not acts(year) and not held_back("aktiviteter")(year),
    "De kan därför inte räknas.": lambda year: not acts(year) and held_back("aktiviteter")(year),
    "Hur många aktiviteterna är går därför inte att säga.": lambda year: not acts(year) and held_back("aktiviteter")(year),
    "Om utgifterna hålls isär där går därför inte att säga.": held_and(judged("ej_redovisat"), "sarredovisning"),
    "Vad arbetet har kostat där går därför inte att säga.": not_seen,
    "Alla gäller främst prostitution och människohandel för sexuella ändamål.": only(lambda n: n > 1, lambda area, n: area == n),
    "Den gäller främst prostitution och människohandel för sexuella ändamål.": only(lambda n: n == 1, lambda area, n: area == n),
    "Ingen av dem gäller främst prostitution och människohandel för sexuella ändamål.": only(lambda n: n > 1, lambda area, n: not area),
    "Den gäller inte främst prostitution och människohandel för sexuella ändamål.": only(lambda n: n == 1, lambda area, n: not area),
    "De belopp som är kända framgår av tabell.": lambda year: not spent(TOTAL)(year) and bool(lacking(TOTAL)(year)),
    "Inga utgifter redovisas.": none_known(TOTAL, is_any_in_doubt=False),
    "Hur stora utgifterna är sammanlagt framgår inte av redovisningarna.": lambda year: not spent(TOTAL)(year) and bool(lacking(TOTAL)(year)),
    "Hur stora utgifterna är framgår inte av redovisningarna.": none_known(TOTAL, is_any_in_doubt=True),
    "Inga belopp är redovisade på den egna koden.": none_known(OWN, is_any_in_doubt=False),
    "Inga kända belopp står på den egna koden.": none_known(OWN, is_any_in_doubt=True),
    "Inga belopp är redovisade på den egna koden för prostitution och människohandel.": none_known(OWN, is_any_in_doubt=False),
    "Inga kända belopp står på den egna koden för prostitution och människohandel.": none_known(OWN, is_any_in_doubt=True),
    "Hur många länsstyrelser som 2020 redovisar alla sina utgifter för området på den egna koden går inte att säga.": lambda year: not judged("sarredovisat")(year)[1],
    "Hur många länsstyrelser som särredovisar alla sina utgifter för området går inte att säga.": lambda year: not judged("sarredovisat")(year)[1],
    "Beloppen har inte jämförts med några huvudboksutdrag.": lambda year: not with_extract(year)[0],
    f"Länsstyrelserna förbrukade inte hela anslaget {years(lambda granted, spent: spent < granted)}.": lambda _: True,
    f"Utgifterna var högre än anslaget {years(lambda granted, spent: spent > granted)}.": lambda _: True,
    "Antal personer som är lägre än fem trycks inte.": lambda _: True,
    "Länsstyrelsernas aktiviteter redovisas efter fyra målsättningar för arbetet.": lambda _: True,
    "Ingen länsstyrelse har redovisat sitt arbete mot prostitution och människohandel för 2020.": lambda year: not year.reported,
    "Ingen länsstyrelse har redovisat sitt arbete för 2020.": lambda year: not year.reported,
}  # fmt: skip
FIXED = {
    "Fram till 2017 hade länsstyrelserna flera olika uppdrag inom området.",
    "I december 2017 fick de ett samlat regionalt samordningsuppdrag inom det sjätte jämställdhetspolitiska delmålet.",
    "Från och med 2021 permanentas uppdraget.",
    "Den nationella strategin gäller åren 2017–2026.",
    "När det handlar om prostitution och människohandel har området inte haft en egen utgiftspost eller så kallad verksamhetskod förrän 2020.",
    "För åren 2017–2019 är en särredovisning därför inte möjlig.",
    "Den här rapporten handlar om länsstyrelsernas arbete mot prostitution och människohandel för sexuella ändamål under 2020.",
    "Den här rapporten redovisar vad länsstyrelserna gjorde under 2020, vad det kostade och vad det ledde till.",
}  # fmt: skip
"""What is so whatever the counties have reported (domain.md §2, §4 and §7)."""

PHRASE = r"[^.]+?"
DECIMAL = r"−?[\d ]+(?:,\d+)?"
NAMES = r"[Ll]änsstyrelse(?:n|rna) [A-ZÅÄÖ][^.]*?"


def decimal(said):
    return Decimal(said.replace(" ", "").replace("−", "-").replace(",", "."))


def wrong_amount(said, claim, year):
    """An amount is printed with so many decimals; half a unit of the last is left to rounding."""
    value, decimals = claim[0](year), claim[1]
    if abs(decimal(said) - value) <= Decimal("0.5").scaleb(-decimals):
        return ""
    return f"{said} är {value}"


def wrong_names(said, codes, year):
    names = {year.names[code] for code in codes}
    told = set(re.split(", | och ", re.sub(r"^[Ll]änsstyrelse(?:n|rna) ", "", said)))
    return "" if told == names else f"är {names}"
