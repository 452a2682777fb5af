"""What the report says without counting, and beside its sentences: its judgements and when they may be passed, its footnotes, and
what its figures are said to show. Reckoned again from the merged rows, as in tests/report/oracle.py."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from tests.analysis import oracle as money
from tests.report.oracle_claims import base_with, counters, evidence, known_of_most, withheld
from tests.report.oracle_frame import PRINTED, in_kr, in_mnkr, joined, judged, not_shown
from tests.report.oracle_left_out import sentence_of_those_without
from tests.report.oracle_unknown import base_of, chains_of, whole_chains
from toolkit.returns.submission import Missing

LAGE, ACT, IND = "lagesbild", "aktiviteter", "indikatorer"
AREA = {"valdsform": "PMH"}
CHAIN = (LAGE, "mal", ACT, IND)


def always(_):
    return True


def count(**wanted):
    return lambda year: len(year.rows(ACT, **AREA, **wanted))


def whole(year):
    return len(year.rows(ACT))


UNDERWAY = {"status": "PÅ K"}
"""What is done: neither planned nor called off."""


def members(table, **wanted):
    state = UNDERWAY if table == ACT else {}
    return lambda year: year.has(table, **{**AREA, **state, **wanted})


def most(claim):
    return lambda year: len(claim(year)[0]) * 2 > len(claim(year)[1])


def some(claim):
    return lambda year: bool(claim(year)[0])


def no(test):
    return lambda year: not test(year)


def both(*tests):
    return lambda year: all(test(year) for test in tests)


def some_of_indicators(year):
    """One that is printed: of an indicator of persons that is withheld the report says nothing."""
    return any(year.may_name(row["indikator"]) for row in year.rows(IND))


def with_number(codes):
    """The counties that have given a number, where it may be told."""

    def found(year):
        rows = [row for row in year.rows(IND, indikator=codes) if year.may_name(row["indikator"])]
        told = {row["lan"] for row in rows if isinstance(row["varde"], Decimal)}
        return told & year.base(IND), year.base(IND)

    return found


def commonest(year):
    counted = Counter(
        row["typ"] for row in year.rows(ACT, **AREA, **UNDERWAY) if isinstance(row["typ"], str)
    )
    return {code for code, n in counted.items() if n == max(counted.values())}


def shared_goal(year):
    counted = {}
    for row in year.rows("mal"):
        if isinstance(row["formulering"], str):
            told = " ".join(row["formulering"].split())
            counted.setdefault(told, set()).add(row["lan"])
    return any(len(counties) > 2 for counties in counted.values())  # of two it may be chance


coherent = whole_chains


def shown(year):
    return judged("sarredovisat", "noll")(year)


def apart(year):
    """Those with spend on the own code alone: of those who have none there is nothing to follow."""
    return judged("sarredovisat")(year)[0]


def all_show(year):
    return bool(shown(year)[0]) and not not_shown(year)[0]


def standing(*states):
    return lambda year: any(state in states for state in year.standing.values())


def missing(year):
    return list(year.standing.values()).count("missing")


def reported(year):
    return bool(year.reported)


def targets(year):
    rows = [
        row
        for row in year.rows(IND)
        if isinstance(row["varde"], Decimal) and isinstance(row["malvarde"], Decimal)
    ]
    told = [stands(row) for row in rows]
    return len(rows), sum(one is not None for one in told), sum(one is True for one in told)


def stands(row):
    """Whether a target is reached, as docs/rapporten.md says; None where it is not known in which direction it lies."""
    before, value, target = row["foregaende"], row["varde"], row["malvarde"]
    if value == target:
        return True
    if not isinstance(before, Decimal) or before == target:
        return None
    return value >= target if before < target else value <= target


def target_is(test):
    return lambda year: targets(year)[0] > 1 and test(*targets(year))


school, police = members(ACT, yrkesgrupp="SKO"), members(ACT, yrkesgrupp="POL")
deciders, prosecutors = members(ACT, yrkesgrupp="BES"), members(ACT, samverkan="ÅKL")
felt, shown_by = members(ACT, belagg="UPL"), members(ACT, belagg="ENK INT STAT DOK EXT UTV")
buyers, mapped = members(ACT, perspektiv="K"), members(ACT, typ="KAR")


def with_result(year):
    rows = year.rows(ACT, **AREA, typ="SAMO SAMS", status="K")
    told = {row["lan"] for row in rows if isinstance(row["resultat"], str)}
    wanted = {**AREA, "typ": "SAMO SAMS", "status": "K", "resultat": True}
    return told & year.base(ACT), base_of(year, ACT, wanted)


def is_broad(**wanted):
    """Whether more than half of those who have reported have answered, and nothing that is not told may be of it."""
    asked = ACT, {**AREA, **UNDERWAY, **wanted}
    return lambda year: known_of_most(year, asked) and not withheld(year, *asked)


def not_mapped(year):
    found, base = mapped(year)
    if not is_broad(typ="KAR")(year):
        return False
    otherwise = set().union(*evidence(year, ACT, {**AREA, **UNDERWAY, "typ": "KAR"}))
    return bool(base - found - year.nil(ACT) - otherwise) or not found


def broad(*tables):
    return lambda year: 2 * len(year.base(*tables)) > len(year.reported)


def count_it(claim, code):
    """Those who have answered so, or count it."""

    def found(year):
        asked = {**AREA, **UNDERWAY, **code}
        members = claim(year)[0] | counters(year, ACT, asked)[0]
        return members, base_with(year, ACT, asked, members)

    return found


def known(*tables):
    return lambda year: bool(year.base(*tables))


REST = {
    # The reader's guide, the remit and its history: whatever has been reported.
    "Den bygger på länsstyrelsernas egna redovisningar.": always,
    "Rapporten riktar sig till regeringen, länsstyrelserna och andra som arbetar mot prostitution och människohandel.": always,
    "Redovisningen är upplagd så att det ska gå att följa arbetet från lägesbild till resultat, och från utgift till verksamhet.": always,
    "Där en uppgift saknas framgår det.": always,
    "[Ort och datum fylls i]": always,
    "[Namn fylls i]": always,
    "[Titel fylls i]": always,
    "Mäns våld mot kvinnor är ett komplext tvärsektoriellt område som omfattar flera olika våldsformer, målgrupper och aktörer.": always,
    "Regeringens tioåriga nationella strategi för att förebygga och bekämpa mäns våld mot kvinnor är framtagen för att stärka förutsättningarna för att nå det jämställdhetspolitiska delmålet att mäns våld mot kvinnor ska upphöra.": always,
    "De myndigheter som i första hand har i uppdrag att genomföra strategin regionalt är länsstyrelserna.": always,
    "Uppdraget rymmer prostitution och människohandel för sexuella ändamål.": always,
    "Syftet är att ge en samlad bild av arbetet mot prostitution och människohandel för sexuella ändamål och att visa om utgifterna går att följa.": always,
    "Rapporten bygger på länsstyrelsernas egna redovisningar.": always,
    "Redovisningen görs i en arbetsbok som är gemensam för alla län, med lägesbild, mål, aktiviteter, indikatorer och utgifter.": always,
    "Arbetet mot prostitution och människohandel för sexuella ändamål är komplext.": always,
    "Det innefattar insatser som är svåra att mäta, och därför finns det vissa svårigheter i att bedöma effekterna.": always,
    "Länsstyrelserna har länge haft uppdrag att bekämpa mäns våld mot kvinnor, inklusive prostitution och människohandel för sexuella ändamål.": always,
    "Det regionala samordningsuppdraget är omfattande och innehåller ett stort antal frågor.": always,
    "I uppdraget ingår bland annat": always,
    "regionala strategier och handlingsplaner": always,
    "främjande av samverkan mellan aktörer på lokal och regional nivå": always,
    "regionala resurscentra": always,
    "utveckling av det våldsförebyggande arbetet": always,
    "kompetensstöd till socialtjänst samt hälso- och sjukvård": always,
    "regional lägesrapportering.": always,
    "Av figur och tabell framgår hur aktiviteterna fördelar sig på dem.": always,
    "Regeringen har gett länsstyrelserna ett flertal tillfälliga uppdrag som berör prostitution och människohandel för sexuella ändamål.": always,
    "Flera av dem rör ensamkommande barn och utsatta EU/EES-medborgare.": always,
    "Figur visar anslag och utgifter år för år.": always,
    "Vad som återstod av anslagen framgår av tabell.": always,
    "Figur visar vilka län som särredovisar.": always,
    "Tabell visar utfallet på den egna koden i varje län, tabell utfallet på alla verksamhetskoder.": always,
    "I figur och tabell är utfallet fördelat på både län och verksamhetskod.": always,
    "Länsstyrelserna kan samordna och ge stöd, men de kan inte bestämma över kommuner, regioner eller rättsväsende.": always,
    "Jämställdhetsmyndigheten ser att området blir synligt när det har egna mål, egna indikatorer och en egen verksamhetskod.": always,
    "Då går det också att jämföra länen och att följa utvecklingen över tid.": always,
    "Jämställdhetsmyndigheten ser att arbetet behöver vara långsiktigt för att ge resultat.": always,
    # What hangs on what is there.
    "Hur det ser ut i varje län framgår av tabell.": known(*CHAIN),
    "De ingår inte i de andelar som anges.": both(lambda year: missing(year) > 1, reported),
    "Den ingår inte i de andelar som anges.": both(lambda year: missing(year) == 1, reported),
    "Det som sägs om arbetet gäller aktiviteter som pågår eller är klara, inte dem som är planerade eller inställda.": reported,
    "Det är därför svårt att säga något om landet som helhet.": both(some(with_number("23")), no(most(with_number("23 24")))),
    "De tabeller som berörs har lämnats utanför sammanställningen.": standing("errors"),
    "Uppgifterna är med, men bör läsas med det i minnet.": standing("questions"),
    "Övriga gäller andra former av våld eller hela området.": lambda year: 0 < count()(year) < whole(year),
    "Jämställdhetsmyndigheten bedömer att en särredovisning i alla län skulle förbättra möjligheterna till uppföljning.": lambda year: len(shown(year)[0]) < len(year.names),
    "Jämställdhetsmyndigheten bedömer att en tydligare styrning av hur utgifter och resultat ska redovisas skulle förbättra möjligheterna till uppföljning.": lambda year: not (all_show(year) and judged("sarredovisat")(year)[0]),
    "Jämställdhetsmyndigheten bedömer att en tydligare styrning av hur utgifterna ska redovisas skulle förbättra möjligheterna till uppföljning.": lambda year: not (all_show(year) and judged("sarredovisat")(year)[0]),
    "Jämställdhetsmyndigheten ser att det gör utgifterna möjliga att följa.": all_show,
    "Det går därför inte att säga vad som har gjorts eller vad det har kostat.": no(reported),
    "Kapitlet bygger på vad länsstyrelserna själva har redovisat.": reported,
    "Hur många länsstyrelser ett påstående gäller anges inom parentes där de inte nämns vid namn.": reported,
    "När ett tal för en indikator jämförs med ett annat avser de i stället de länsstyrelser vars tal går att jämföra.": target_is(lambda every, known, _: every > 1),
    "Att ingen länsstyrelse sägs ha gjort något i det här kapitlet betyder därför att uppgifter saknas, inte att inget har gjorts.": no(reported),
    "Samtidigt säger antalet inget om hur omfattande insatserna är.": lambda year: count(**UNDERWAY, perspektiv="U K P")(year) > 1,
    "En aktivitet kan vara allt från en föreläsning till ett flerårigt samarbete.": lambda year: count(**UNDERWAY, perspektiv="U K P")(year) > 1,
    "En länsstyrelse som inte har svarat på det som ett påstående gäller räknas inte i det.": reported,
    "Vilka indikatorer länsstyrelserna använder framgår av tabell.": some_of_indicators,
    "Tabellen gäller alla former av våld.": some_of_indicators,
    "Det finns inga uppgifter om indikatorer som kan tryckas.": no(some_of_indicators),
    "Indikatorerna säger främst vad som har gjorts, och i mindre grad vad det har lett till.": some_of_indicators,
    "Jämställdhetsmyndigheten ser att en intersektionell analys behövs för att insatserna ska nå rätt grupper.": some(members(LAGE)),
    "Lägesbilderna visar vad länsstyrelserna och deras samverkansparter har sett.": some(members(LAGE)),
    "Däremot går det inte att av dem utläsa hur vanliga prostitution och människohandel är i länen, eftersom mycket av det som sker är dolt.": some(members(LAGE)),
    "Redovisningarna visar vilka parterna är, men inte vem som ansvarar för vad, eftersom ansvaret anges för varje aktivitet och inte för varje part.": lambda year: any(not isinstance(row["samverkan"], Missing) for row in year.rows(ACT, **AREA, **UNDERWAY)),
    "Eftersom koden saknas går det inte att säga hur många som vänder sig till dem.": no(some(deciders)),
    "Det går därför inte att säga hur många som samverkar med den.": no(some(prosecutors)),
    "Jämställdhetsmyndigheten bedömer att beslutsfattare behöver nås för att arbetet ska få ett långsiktigt stöd i kommuner, regioner och myndigheter.": no(most(deciders)),
    "Det är dock svårt att hänföra ett resultat till en enskild insats, eftersom flera myndigheter och organisationer bidrar till det.": some(with_result),
    "Den vanligaste insatsen är utbildning.": lambda year: commonest(year) == {"UTB"},
    "Samtidigt går det inte att av redovisningarna utläsa hur kunskapen har kommit till användning, eftersom indikatorerna räknar tillfällen och deltagare.": some(with_number("1")),
    "Kommunerna ansvarar för stödet till den som är utsatt.": some(with_number("5")),
    "Jämställdhetsmyndigheten ser därför att det är viktigt att alla kommuner har kunskap och rutiner.": some(with_number("6")),
    "Det är därför svårt att säga vilka effekter insatserna har fått.": some(felt),
    "En kartläggning gör det lättare att se var insatserna behövs.": not_mapped,
    "Jämställdhetsmyndigheten ser därför gärna att fler länsstyrelser gör en sådan.": not_mapped,
    "Uppgiften om hur många som misstänks vara offer för människohandel kommer från regionkoordinatorerna.": some(with_number("22")),
    "Antalet säger mer om var uppgifterna samlas in än om var människohandel förekommer.": both(some(with_number("22")), no(most(with_number("22")))),
    "Det gör det svårt att bedöma vad arbetet har lett till.": lambda year: bool(coherent(year)[1] - coherent(year)[0]),
    "Iakttagelserna bygger på de uppgifter som redovisas i kapitlen om resurser och om länsstyrelsernas verksamhet.": reported,
    "Talen inom parentes har samma underlag som där.": reported,
    "Uppdraget är brett, och prostitution och människohandel är en av flera våldsformer i det.": reported,
    "Det är dock svårt att säga om andelarna är stora eller små, eftersom uppdraget inte anger hur stor del av arbetet som området ska utgöra.": lambda year: bool(count()(year)),
    "Samverkan bygger i hög grad på frivillighet.": reported,
    "Ett tydligare mandat skulle göra det lättare att få med dem som i dag inte deltar.": both(is_broad(samverkan="ÅKL"), no(most(prosecutors))),
    "Det gör att samverkan behöver förankras hos varje part.": lambda year: most(prosecutors)(year) or not is_broad(samverkan="ÅKL")(year),
    "Jämställdhetsmyndigheten anser att fler mål behöver ange målgrupp och utgå från hur det ser ut i länet.": shared_goal,
    "Jämställdhetsmyndigheten anser att målen även fortsättningsvis behöver ange målgrupp och utgå från hur det ser ut i länet.": both(no(shared_goal), some(coherent)),
    "Jämställdhetsmyndigheten anser att målen behöver ange målgrupp och utgå från hur det ser ut i länet.": both(no(shared_goal), no(some(coherent))),
    **{f"Lägesbilderna tar också upp {what}.": some(members(LAGE)) for what in ("efterfrågan", "hur det ser ut i kommunerna", "behovet av stöd", "kunskapsläget")},
    "Att förändra attityder tar tid, och uppföljningen behöver därför sträcka sig över flera år.": some(members(ACT, status="PÅ")),
    "Hälften av dem är nådda.": target_is(lambda every, known, reached: known == every == reached * 2),
    "Om de är nådda går inte att säga, eftersom det inte framgår om värdena ska bli högre eller lägre.": target_is(lambda every, known, _: known == 0),
    "Alla är nådda.": target_is(lambda every, known, reached: reached == known == every),
    "Inget av dem är nått.": target_is(lambda every, known, reached: known == every and reached == 0),
    "Ett mål som inte nås kan vara högt satt, och säger därför i sig inte att arbetet har brustit.": target_is(lambda every, known, reached: reached < every),
}  # fmt: skip

HEADINGS = {
    **dict.fromkeys(
        ("Förord", "Sammanfattning", "Inledning", "Genomförande", "Uppdrag, mål och resurser", "En kort tillbakablick",
         "Styrning genom nationella inriktningsdokument", "Tillfälliga uppdrag", "Länsstyrelsernas verksamhet och resultat",
         "Sammanfattande iakttagelser"),
        always,
    ),
    "Ovisst vad arbetet mot prostitution och människohandel har kostat": lambda year: bool(not_shown(year)[0]) or not shown(year)[0],
    "Utgifterna för prostitution och människohandel": no(broad("ekonomi", "sarredovisning")),
    "De redovisade utgifterna för prostitution och människohandel går att följa": lambda year: not not_shown(year)[0] and 0 < len(shown(year)[0]) < len(year.names) and bool(apart(year)),
    "Inga utgifter för prostitution och människohandel redovisas": lambda year: not not_shown(year)[0] and bool(shown(year)[0]) and not apart(year),
    "Utveckling av samverkansstrukturer ger resultat": most(with_result),
    "Insatserna ger resultat som går att belägga": both(most(shown_by), no(some(felt))),
    "Insatserna ger resultat, men effekterna är svåra att belägga": both(most(shown_by), some(felt)),
    "Det finns utrymme att stärka kunskap och metodutveckling": not_mapped,
    "Prostitution och människohandel i redovisningen": no(is_broad()),
    "Regionala målsättningar": lambda year: len(coherent(year)[1]) * 2 <= len(year.reported),
    "Regionala målsättningar ska svara mot den lokala kontexten": lambda year: shared_goal(year) or not most(coherent)(year),
    "Länsstyrelserna kan behöva stärkt mandat": lambda year: not (most(members(ACT, samverkan="POL"))(year) and most(prosecutors)(year)),
    "Det våldsförebyggande förändringsarbetet behöver vara långsiktigt": most(buyers),
    "Stor utmaning att driva det våldsförebyggande förändringsarbetet": no(most(count_it(buyers, {"perspektiv": "K"}))),
}  # fmt: skip
"""Headings that tests/report/oracle.py has not, and when they may stand."""

SOURCES = re.compile(r"(?:[A-ZÅÄÖ][\wåäö ]+, \d{4}[a-z]?(?:; )?)+|Ibid")
EXPLAINED = {
    "Mika är en mottagning för personer som har sex mot ersättning eller ett sexuellt självskadebeteende. KAST är en mottagning för köpare av sexuella tjänster.",
    "Intersektionell analys kan ses som ett verktyg för att förstå hur faktorer kopplade till olika maktstrukturer som kön, ålder, etnicitet, sexuell läggning, könsidentitet och socioekonomisk bakgrund påverkar och ibland förstärker varandra. Se Davis, Kathy 2008.",
}
ABSENT = re.compile(
    r"Redovisning saknas från (länsstyrelse.+?|\w+ av de \d+ länsstyrelserna|samtliga \d+ länsstyrelser)\."
)
SPOILT = re.compile(r"Uppgifterna om ([^.]+?) från (länsstyrelse[^.]+?) innehåller fel som inte har rättats, och ingår därför inte\.")  # fmt: skip


def listed(said):
    return set(re.split(", | och ", re.sub(r"^[Ll]änsstyrelse(?:n|rna) ", "", said)))


def spoilt(year, table):
    good = {"merged", "nil", "fixed"}
    return {year.names[code] for code in year.reported if year.states[code][table] not in good}


def wrong_note(said, year, number):
    """Why a footnote is not true; empty when it is."""
    if SOURCES.fullmatch(said) or said in EXPLAINED:
        return ""
    labels = {table.label.lower(): id_ for id_, table in year.data.year.spec.tables.items()}
    if re.fullmatch(r"(?:[A-ZÅÄÖ][\wåäö ]+: [\wåäö, ]+(?:; )?)+\.", said):
        return wrong_blocked(said, year, labels)
    rest = SPOILT.sub("", ABSENT.sub("", said)).strip()
    wrong = [f"okänt i noten: {rest}"] if rest else []
    missing = {year.names[code] for code, state in year.standing.items() if state == "missing"}
    for found in ABSENT.finditer(said):
        counted = re.fullmatch(r"(\w+) av de (\d+) länsstyrelserna", found[1])
        if every := re.fullmatch(r"samtliga (\d+) länsstyrelser", found[1]):
            right = int(every[1]) == len(year.names) == len(missing)
        elif counted:
            told = number(counted[1]), number(counted[2])
            right = told == (len(missing), len(year.names)) and len(missing) < len(year.names)
        else:
            right = listed(found[1]) == missing
        wrong += [] if right else [f"saknas: {missing}"]
    named = {}
    for found in SPOILT.finditer(said):
        for label in re.split(", | och ", found[1]):
            named.setdefault(labels[label], set()).update(listed(found[2]))
    wrong += [
        f"fel i {table}: {spoilt(year, table)}"
        for table, names in named.items()
        if names != spoilt(year, table)
    ]
    return "; ".join(wrong)


def wrong_blocked(said, year, labels):
    codes = {name: code for code, name in year.names.items()}
    for part in said.rstrip(".").split("; "):
        name, tables = part.split(": ")
        blocked = {one for one, state in year.states[codes[name]].items() if state == "blocked"}
        if {labels[label] for label in tables.split(", ")} != blocked:
            return f"{name}: {blocked}"
    return ""


def spent_by_county(year):
    """Kostnader by county and code; None for a county of which not all is known."""
    codes = [one.code for one in year.data.year.spec.lists["verksamhetskod"].valid_in(2020)]
    found = {}
    for code, name in year.names.items():
        lines = [row for row in year.rows("ekonomi") if row["lan"] == code]
        unknown = any(
            row["utfall"] is Missing.UNKNOWN
            and row["verksamhetskod"] in codes
            and row["slag"] != "U"
            for row in lines
        )
        own = {one: Decimal(0) for one in codes}
        for row in lines:
            if (
                row["slag"] == "K"
                and isinstance(row["utfall"], Decimal)
                and row["verksamhetskod"] in own
            ):
                own[row["verksamhetskod"]] += row["utfall"]
        usable = code in year.base("ekonomi")
        found[name] = own if usable and not unknown else None
    return found


def has_spent(year):
    """The counties with kostnader of which all is known, also where they come to nought together."""
    known = {name for name, own in spent_by_county(year).items() if own is not None}
    codes = spent_codes(year)
    lines = [row for row in year.rows("ekonomi", slag="K") if row["verksamhetskod"] in codes]
    some = {
        year.names[row["lan"]]
        for row in lines
        if isinstance(row["utfall"], Decimal) and row["utfall"]
    }
    return known & some


def in_figure(amount):
    return in_mnkr(amount) if abs(amount) >= 50_000 else in_kr(amount)


def told_of_spend(year):
    spent = spent_by_county(year)
    sums = {name: sum(own.values()) for name, own in spent.items() if own is not None}
    some_of = {name: sums[name] for name in sums if name in has_spent(year)}
    if not some_of:
        return "Det finns inga uppgifter att visa."
    said = "Liggande stapeldiagram med en stapel för varje län, delad på verksamhetskoder. Det gäller kostnader. "
    most_, least = max(some_of.values()), min(some_of.values())
    names = joined(list(some_of))
    if len(some_of) == 1:
        said = f"Liggande stapeldiagram med en stapel, delad på verksamhetskoder. Det gäller kostnader. Endast {names} har redovisat något, {in_figure(most_)}."
    elif in_figure(most_) == in_figure(least):
        said += f"{names} har {'båda' if len(some_of) == 2 else 'vardera'} {in_figure(most_)}."
    else:
        tops = joined([name for name in some_of if some_of[name] == most_])
        lows = joined([name for name in some_of if some_of[name] == least])
        said += (
            f"Mest har {tops} med {in_figure(most_)} och minst har {lows} med {in_figure(least)}."
        )
    said += told_of_codes(year, spent, sums, len(some_of) > 1)
    none = [name for name in sums if name not in some_of]
    lost = [name for name in spent if spent[name] is None]
    said += f" Inga kostnader har redovisats av {joined(none)}." if none else ""
    said += f" Uppgift saknas för {joined(lost)}." if lost else ""
    return said


def told_of_codes(year, spent, sums, of_several):
    """The largest code is told with its share, where it is a part of the whole."""
    total, by_code = sum(sums.values()), Counter()
    for name in sums:
        by_code.update(spent[name])
    shown_as = {one.code: one.shown for one in year.data.year.spec.lists["verksamhetskod"].codes}
    top = max(by_code[one] for one in spent_codes(year))
    if not 0 < top <= total:
        return ""
    codes = [shown_as[one] for one in spent_codes(year) if by_code[one] == top]
    percent = Decimal(f"{100 * top / total:.10f}").quantize(Decimal("0.1"), "ROUND_HALF_UP")
    share = f"{percent} %".replace(".", ",")
    of = "länens sammanlagda belopp" if of_several else "beloppet"
    if len(codes) > 1:
        return f" De största delarna av {of}, {share} vardera, ligger på koderna {joined(codes)}."
    return f" Den största delen av {of}, {share}, ligger på koden {codes[0]}."


def spent_codes(year):
    return [one.code for one in year.data.year.spec.lists["verksamhetskod"].valid_in(2020)]


def placed(year):
    """The activities that belong to each målsättning of the year, and those that belong to none: by county where its goals are
    not known, and how many others."""
    goals = year.data.year.spec.lists["malsattning"].valid_in(year.data.year.spec.year)
    aims = {(row["lan"], row["id"]): row["malsattning"] for row in year.rows("mal")}
    by_goal = {one.code: [] for one in goals}
    unknown, others = set(), 0
    for row in year.rows(ACT):
        aim = aims.get((row["lan"], row["mal_id"]))
        if aim in by_goal:
            by_goal[aim].append(row)
        elif row["lan"] not in year.base("mal"):
            unknown.add(row["lan"])
        else:
            others += 1
    return by_goal, unknown, others


def outside_goals(year):
    _, unknown, others = placed(year)
    told = []
    if unknown:
        names = joined([name for code, name in year.names.items() if code in unknown])
        told.append(
            f"Talen omfattar inte {names}. Uppgifterna om mål innehåller fel som inte har rättats, så det framgår inte vilken målsättning aktiviteterna hör till."
        )
    if rest := sentence_of_those_without(year, ("mal", ACT), unknown):
        told.append(rest)
    if others:
        told.append(
            f"Talen omfattar inte aktiviteter som inte hör till någon av målsättningarna eller vars mål inte framgår. Antal sådana aktiviteter: {others}."
        )
    return " ".join(told)


def wrong_goals(table, year):
    """Why the table of målsättningar is not what the rows have; empty when it is."""
    by_goal, unknown, others = placed(year)
    base = year.base("mal", ACT)
    says = any(by_goal.values()) or (base and base == year.reported and not unknown and not others)
    right = []
    for rows in by_goal.values():
        own = [row for row in rows if row["valdsform"] == "PMH"]
        numbers = len(rows), len(own), len({row["lan"] for row in own})
        right.append(tuple(str(n) if says else ".." for n in numbers))
    if [row[1:] for row in table.rows] != right:
        return f"tabellen malsattningar: {table.rows} ÄR {right}"
    notes = " ".join(filter(None, (column.note for column in table.columns)))
    return "" if notes == outside_goals(year) else f"noten: {notes} ÄR {outside_goals(year)}"


def told_of_goals(year):
    return f"{shares_of_goals(year)} {outside_goals(year)}".rstrip()


def shares_of_goals(year):
    goals = year.data.year.spec.lists["malsattning"].valid_in(2020)
    aims = {(row["lan"], row["id"]): row["malsattning"] for row in year.rows("mal")}

    def of(rows, goal):
        return sum(aims.get((row["lan"], row["mal_id"])) == goal.code for row in rows)

    every = {one.shown: of(year.rows(ACT), one) for one in goals}
    about = {one.shown: of(year.rows(ACT, **AREA), one) for one in goals}
    if not any(every.values()):
        return "Det finns inga uppgifter att visa."
    most_, least = max(every.values()), min(every.values())
    tops, lows = ([one for one in every if every[one] == n] for n in (most_, least))
    own = sum(about[one] for one in tops)
    if most_ == least:
        return f"Liggande stapeldiagram. Till varje målsättning hör lika många aktiviteter, {most_}. Av alla aktiviteter gäller sammanlagt {own} prostitution och människohandel."
    # A number that several have is told as each one's, and what is added up over them as a sum.
    each, together = (" vardera", " sammanlagt") if len(tops) > 1 else ("", "")
    each_low = " vardera" if len(lows) > 1 else ""
    return f"Liggande stapeldiagram. Flest aktiviteter, {most_}{each}, hör till målsättning {joined(tops)}. Av dem gäller{together} {own} prostitution och människohandel. Minst antal, {least}{each_low}, hör till målsättning {joined(lows)}."


def told_of_series(_):
    first, last = min(PRINTED), max(PRINTED)
    (granted, spent), (granted_last, spent_last) = PRINTED[first], PRINTED[last]
    over = joined([str(one) for one, (grant, used) in PRINTED.items() if used > grant])
    told = [in_mnkr(Decimal(one)) for one in (granted, granted_last, spent, spent_last)]
    return f"Linjediagram. Anslaget var {told[0]} {first} och {told[1]} {last}. Utgifterna var {told[2]} {first} och {told[3]} {last}. Utgifterna var högre än anslaget {over}."


VERDICTS = {
    "motsags": "Motsägs av huvudboken", "kan_inte_bedomas": "Kan inte bedömas", "ej_redovisat": "Ej redovisat",
    "ej_med_skal": "Ej särredovisat, med skäl", "sammanslaget": "Sammanslaget", "delvis": "Delvis", "sarredovisat": "Särredovisat",
    "noll": "Noll redovisat", "ej_mojligt": "Ej möjligt", "ej_inkommen": "Inte inkommen", "ej_behandlat": "Inte behandlad",
}  # fmt: skip


def by_verdict(year):
    return {code: VERDICTS[money.verdict(year.plain[code])] for code in year.names}


def by_extent(year):
    found = {}
    for code, own in chains_of(year, with_result=True).items():
        of_area = [whole for is_open, whole in own if not is_open]
        known = [whole for whole in of_area if whole is not None]
        held = known.count(True)
        if code not in year.base(*CHAIN) or (own and not of_area):
            found[code] = "Uppgiften är inte tillgänglig"
        elif not own:
            found[code] = "Inga aktiviteter"
        elif code in year.nil(*CHAIN):
            found[code] = "Inget att redovisa i ett av leden"
        elif held == len(of_area):
            found[code] = "Hela kedjan i alla aktiviteter"
        elif len(known) == len(of_area) and not held:
            found[code] = "Hela kedjan saknas"
        elif held * 2 >= len(of_area):
            found[code] = "Hela kedjan i minst hälften"
        elif held and (held + of_area.count(None)) * 2 < len(of_area):
            found[code] = "Hela kedjan i mindre än hälften"
        else:
            found[code] = "Uppgiften är inte tillgänglig"
    return found


def told_of_map(begins, kinds):
    def told(year):
        found = kinds(year)
        by_kind = {}
        for code in year.names:
            by_kind.setdefault(found[code], []).append(year.names[code])
        ordered = sorted(by_kind.items(), key=lambda item: -len(item[1]))
        parts = [f"{ordered[0][0]}, {len(ordered[0][1])} län."]
        parts += [f"{kind}, {len(names)} län: {joined(names)}." for kind, names in ordered[1:]]
        return " ".join([begins, *parts])

    return told


FIGURES = {
    "anslag": told_of_series,
    "malsattningar": told_of_goals,
    "lan_koder": told_of_spend,
    "sarredovisning": told_of_map("Karta med en ruta för varje län.", by_verdict),
    "sammanhang": told_of_map("Karta med en ruta för varje län. I rutan står hur många av länets aktiviteter om prostitution och människohandel som har hela kedjan från lägesbild till resultat.", by_extent),
}  # fmt: skip


def wrong_figure(id_, said, year):
    """Why what a figure is said to show is not what the rows have; empty when it is."""
    right = FIGURES[id_](year)
    return "" if said.replace("\u00a0", " ") == right else f"figuren {id_}: {said} ÄR {right}"
