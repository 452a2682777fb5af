"""Makes the example year's submissions and ledgers again, byte for byte: `make example`.

What the counties do follows Rapport 2021:14, bilaga 3 (inputs/2020/example/*.yaml). Every amount per county and
every count is invented. The spend of all counties sums to 90 600 545 kr, the figure that the report prints."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from toolkit.files.atomic import publish
from toolkit.files.zip import repack
from toolkit.spec.codelists import Code
from toolkit.spec.load import load_year
from toolkit.spec.model import Spec
from toolkit.template import Content, write_template

HERE = Path(__file__).parent
YEAR = 2020
NATIONAL = 90_600_545
NIL, QUESTIONS, ERRORS = "09", "07", "10"
MIXED, PARTLY = (
    "24",
    "21",
)  # counties whose trafficking spend stands (wholly, partly) on the general code
NORTH = {"22", "23", "24", "25"}
POST = "ap.4"
AREA_SHARES = {"801": 31, "VN": 27, "HR": 19, "VF": 13, "PM": 10}
AREA_VIOLENCE = {"801": "FPS", "VN": "VNR", "HR": "HRV", "VF": "FPS", "PM": "PMH"}
KIND_SHARES = {"PER": 46, "KÖP": 18, "BID": 20, "RES": 2, "LOK": 4, "OH": 8, "ÖVR": 2}
NIL_REASON = "Arbetet bedrevs under 2020 tillsammans med länsstyrelsen Stockholm, som redovisar insatser och utgifter för båda länen."
Row = dict[str, Any]


def main() -> None:
    """Write all submissions and ledgers."""
    year = load_year(HERE.parents[1] / "templates", YEAR)
    facts = yaml.safe_load((HERE / "example/lan.yaml").read_text(encoding="utf-8"))
    common = yaml.safe_load((HERE / "example/gemensamt.yaml").read_text(encoding="utf-8"))
    totals = share_out(NATIONAL, {code: fact["vikt"] for code, fact in facts.items()})
    for county in year.spec.counties:
        content = build_county(year.spec, county, facts[county.code], common, totals[county.code])
        name = f"Redovisning {county.attributes['namn']} {YEAR}.xlsx"
        publish(
            HERE / "submissions" / name,
            write_template(year.spec, county, year.texts("mall"), content),
        )
        write_ledger(county, content)


def share_out(total: int, weights: dict[str, int]) -> dict[str, int]:
    """A total in whole kronor by weight; the rest goes to the first, so that nothing is lost."""
    parts = {name: total * weight // sum(weights.values()) for name, weight in weights.items()}
    parts[next(iter(parts))] += total - sum(parts.values())
    return parts


def build_county(spec: Spec, county: Code, fact: Row, common: Row, total: int) -> Content:
    """One county's whole return."""
    chance = random.Random(f"länsrapport {county.code}")
    content: dict[str, list[Row]] = {"uppgifter": [contact(county, chance)]}
    if county.code == NIL:
        return {**content, **nil_return(spec)}
    content["lagesbild"] = list(pictures(fact, chance))
    content["mal"] = list(goals(common, len(content["lagesbild"])))
    content["aktiviteter"] = list(activities(county, fact, common, chance))
    content["indikatorer"] = list(indicators(spec, county, content["aktiviteter"], chance))
    content["ekonomi"] = list(spend(county, total, content["aktiviteter"], chance))
    settle(spec, county, content)
    if county.code == QUESTIONS:
        raise_questions(content)
    if county.code == ERRORS:
        make_mistakes(content)
    return content


def contact(county: Code, chance: random.Random) -> Row:
    """Invented people with common names."""
    first = ["Anna", "Maria", "Karin", "Eva", "Lars", "Johan", "Erik", "Fatima", "Sara", "Ali"]
    last = [
        "Andersson",
        "Lindberg",
        "Nyström",
        "Berg",
        "Hassan",
        "Ekman",
        "Sjöberg",
        "Holm",
        "Åberg",
        "Öhman",
    ]
    name, boss = (f"{chance.choice(first)} {chance.choice(last)}" for _ in range(2))
    plain = str.maketrans("åäö ", "aao.")
    return {
        "dnr": f"801-{chance.randint(1000, 9999)}-2020",
        "regeringsbeslut": "A2020/00696/JÄM (exempel)",
        "kontakt_namn": name,
        "kontakt_epost": f"{name.lower().translate(plain)}@exempel.se",
        "kontakt_telefon": f"010-22{chance.randint(3, 5)} {chance.randint(10, 99)} {chance.randint(10, 99)}",
        "godkand_av": boss,
        "godkand_roll": "Enhetschef",
        "godkand_datum": date(2021, 2, 1) + timedelta(days=chance.randint(0, 25)),
    }


def nil_return(spec: Spec) -> dict[str, list[Row]]:
    """Nothing to report, with a reason, in every table."""
    tables = spec.lists["tabell"].valid_in(YEAR)
    return {
        "inget": [{"tabell": code.code, "inget": "JA", "skal": NIL_REASON} for code in tables],
        "huvudbok": [{"verksamhetskod": code, "huvudbok": Decimal(0)} for code in AREA_SHARES],
        "sarredovisning": [
            {"omrade": "PM", "status": "NOLL", "belopp": Decimal(0), "skal": NIL_REASON}
        ],
    }


def pictures(fact: Row, chance: random.Random) -> Iterator[Row]:
    """What the county sees, from the report's facts, and a general one."""
    general = "Kontakter för köp av sexuella tjänster tas främst på internet, vilket gör prostitutionen svår att upptäcka."
    for number, text in enumerate([*fact["lage"], general], 1):
        buyers = number % 2 == 0
        yield {
            "id": f"L{number}", "beskrivning": text, "valdsform": "PMH",
            "perspektiv": ("K",) if buyers else chance.choice([("U",), ("U", "P")]),
            "malgrupp": ("MÄN",) if buyers else (chance.choice(["UHBTQ", "EKB", "KVI", "BARN", "MIS", "EU"]),),
            "arena": chance.choice(["NÄT", "NÄT", "LGH", "HOT"]),
            "analys_kon": "JA", "analys_alder": chance.choice(["JA", "NEJ"]),
            "analys_hbtq": chance.choice(["JA", "NEJ", "NEJ"]), "analys_funktion": chance.choice(["JA", "NEJ", "NEJ"]),
            "underlag": chance.choice(["Regional strategi", "Enkät till kommunerna 2019", "Samtal med polis och socialtjänst"]),
        }  # fmt: skip


def goals(common: Row, pictures: int) -> Iterator[Row]:
    """One goal for each of the strategy's four målsättningar."""
    for number, text in common["mal"].items():
        yield {
            "id": f"M{number}", "lagesbild_id": f"L{1 + int(number) % pictures}", "malsattning": number,
            "formulering": text, "malar": 2020 + int(number) % 3,
        }  # fmt: skip


def activities(county: Code, fact: Row, common: Row, chance: random.Random) -> Iterator[Row]:
    """The county's own from the report, then common ones, ten to sixteen in all."""
    own = [[kind, goal, "PMH", view, *rest] for kind, goal, view, *rest in fact["akt"]]
    if county.code in NORTH:
        own.append([*common["kartlaggning_nord"], ""])
    shared = [[*activity, ""] for activity in common["aktiviteter"]]
    needed = {str(activity[1]) for activity in own}
    chosen = [activity for activity in shared if str(activity[1]) not in needed][:3]
    rest = [activity for activity in shared if activity not in chosen]
    size = 8 + fact["vikt"] // 20
    chosen += chance.sample(rest, min(size, len(rest)))
    missing = {"1", "2", "3", "4"} - {str(activity[1]) for activity in own + chosen}
    chosen += [
        activity for activity in shared if str(activity[1]) in missing and activity not in chosen
    ]
    for number, activity in enumerate(own + chosen, 1):
        yield activity_row(number, activity, chance)


def activity_row(number: int, activity: list[Any], chance: random.Random) -> Row:
    """One activity with its follow-up."""
    kind, goal, violence, view, title, text, result, example = activity
    start = date(YEAR, chance.randint(1, 9), chance.randint(1, 28))
    done = bool(example) or number <= 2 or chance.random() < 0.7
    end = (
        min(start + timedelta(days=chance.choice([0, 1, 30, 90])), date(YEAR, 12, 18))
        if done
        else None
    )
    method = chance.choice(["ENK", "DOK", "INT", "STAT"])
    proof = (
        {"ENK": "ENK", "DOK": "DOK", "INT": "INT", "STAT": "STAT"}[method]
        if chance.random() < 0.55
        else "UPL"
    )
    return {
        "id": f"A{number}", "mal_id": f"M{goal}", "rubrik": title, "beskrivning": text, "typ": kind,
        "deluppdrag": {"STR": "1", "RES": "3", "KAR": "6"}.get(kind, chance.choice(["2", "4", "5"])),
        "valdsform": violence, "perspektiv": view,
        "malgrupp": ("MÄN",) if view == "K" else (chance.choice(["KVI", "BARN", "UHBTQ", "EKB", "YRK"]),),
        "yrkesgrupp": tuple(chance.sample(["SOC", "HSJ", "POL", "SKO", "IDE"], chance.randint(1, 3))),
        "samverkan": tuple(chance.sample(["KOM", "REG", "POL", "RK", "LST", "IDE"], chance.randint(1, 3))),
        "ansvarig": "Sociala enheten", "status": "K" if done else "PÅ", "start": start, "slut": end,
        "verksamhetskod": {"PMH": "PM", "VNR": "VN", "HRV": "HR"}.get(violence, "801"),
        "resultat": result if done else None, "belagg": proof if done else None,
        "uppfoljning_metod": method, "uppfoljning_ansvarig": "Sociala enheten",
        "uppfoljning_datum": (end or date(YEAR, 12, 18)) + timedelta(days=chance.choice([30, 60])),
        "gott_exempel": "JA" if example else "NEJ", "exempeltext": example or None,
    }  # fmt: skip


INDICATORS = {
    "UTB": ("1", "2", "4"), "KON": ("1", "2"), "KAM": ("7", "8"), "SAMO": ("9", "21"), "INS": ("10",), "KAR": ("11", "5"),
    "MET": ("5", "6"), "PRO": ("13", "14"), "STÖ": ("23", "24"), "SAMS": ("12",), "UPP": ("23",), "SFI": ("22",),
    "EVE": ("7",), "RES": ("5",), "STR": ("6",),
}  # fmt: skip


def indicators(spec: Spec, county: Code, rows: list[Row], chance: random.Random) -> Iterator[Row]:
    """One or two values for every activity."""
    number = 0
    for activity in rows:
        for code in INDICATORS[activity["typ"]][: 2 if activity["valdsform"] == "PMH" else 1]:
            number += 1
            yield indicator_row(spec, county, number, code, activity, chance)


MOST = {"1": 5, "7": 2, "9": 12, "10": 2, "12": 6, "13": 5, "21": 20}
"""The highest value of one activity, where sixty would not be believed."""


def indicator_row(
    spec: Spec, county: Code, number: int, code: str, activity: Row, chance: random.Random
) -> Row:
    """One value; a few are not known, and say why."""
    known = spec.lists["indikator"].by_code[code]
    highest = {
        "5": int(county.attributes["kommuner"]),
        "6": int(county.attributes["kommuner"]),
        "11": 1,
    }.get(code, 60)
    highest = {"8": 40_000, "14": 900_000, "2": 220, "4": 40}.get(code, highest)
    unknown = chance.random() < 0.04
    value = chance.randint(1, highest) if highest > 1 else 1
    before = max(0, value - chance.randint(0, max(1, value // 8))) if not unknown else 0
    goal = value + chance.randint(0, max(1, highest // 5)) if code not in {"11", "21"} else 0
    value, before, goal = (
        -(-number * MOST.get(code, 60) // 60) for number in (value, before, goal)
    )
    return {
        "id": f"I{number}", "indikator": code, "aktivitet_id": activity["id"], "mal_id": activity["mal_id"],
        "niva": "L", "kommun": None, "kon": "T", "alder": "A",
        "varde": "u.s." if unknown else value,
        "foregaende": before if not unknown else "u.s.",
        "malvarde": goal if code not in {"11", "21"} else None,
        "kalla": known.attributes["kalla"].capitalize(),
        "kommentar": why_unknown(county, code) if unknown else None,
    }  # fmt: skip


COMMON_REASON = "Uppgiften har inte gått att få fram från kommunerna."
REASONS = {
    "1": "Tillfällena har inte räknats, eftersom utbildningen gick över till att vara digital och öppen för alla.",
    "2": "Deltagarna räknades inte, eftersom utbildningsdagen sändes öppet på nätet.",
    "5": "Uppgiften går inte att lämna, eftersom för få kommuner har besvarat enkäten.",
    "8": "Räckvidden är inte känd, eftersom annonsföretaget inte lämnar ut sin statistik.",
    "11": "Kartläggningen är försenad på grund av att flera kommuner inte har kunnat delta.",
    "12": "Skolhuvudmännen har inte räknats, eftersom samverkan sker genom kommunernas elevhälsa.",
    "21": "Polisen för inte statistik länsvis, och därför går antalet inte att ange.",
    "23": "Mottagningen för ännu ingen statistik, för att besökarna ska kunna vara anonyma.",
}  # fmt: skip


def why_unknown(county: Code, indicator: str) -> str:
    """Why a value is not known: some have said the same, others what holds for the indicator."""
    shared = indicator == "1" and int(county.code) % 2
    return COMMON_REASON if shared else REASONS.get(indicator, COMMON_REASON)


def spend(county: Code, total: int, rows: list[Row], chance: random.Random) -> Iterator[Row]:
    """Spend lines by code and kind that sum to the county's total."""
    areas = dict(AREA_SHARES)
    if county.code in {MIXED, ERRORS}:
        areas.pop("PM")
        areas["801"] += 10
    number = 0
    for area, amount in share_out(total, areas).items():
        for kind, part in share_out(amount, KIND_SHARES).items():
            number += 1
            yield spend_row(county, number, area, kind, part, rows, chance)


def spend_row(
    county: Code,
    number: int,
    area: str,
    kind: str,
    part: int,
    rows: list[Row],
    chance: random.Random,
) -> Row:
    """One line. In two counties trafficking work is paid from the general code."""
    violence = AREA_VIOLENCE[area]
    if (county.code == MIXED and area == "801" and kind in {"KÖP", "BID"}) or (
        county.code == PARTLY and area == "801" and kind == "KÖP"
    ):
        violence = "PMH"
    own = [row["id"] for row in rows if row["valdsform"] == violence]
    shared = kind in {"LOK", "OH"}
    return {
        "id": f"E{number}", "verksamhetskod": area, "anslag": "3:1", "anslagspost": POST,
        "malsattning": str(1 + number % 4), "valdsform": violence, "kostnadsslag": kind,
        "slag": "U" if kind == "BID" else "K",
        "budget": Decimal(round(part * chance.uniform(1.02, 1.25), -3)), "utfall": Decimal(part),
        "andel": chance.choice([15, 20, 25]) if shared else None, "grund": chance.choice(["TID", "ÅA"]) if shared else None,
        "aktivitet_id": chance.choice(own) if own and kind in {"KÖP", "BID"} else "e.t.",
        "mottagare": f"Kvinnojourerna i {county.label}" if kind == "BID" else None,
        "kommentar": "Påhittat belopp för exemplet.",
    }  # fmt: skip


def settle(spec: Spec, county: Code, content: dict[str, list[Row]]) -> None:
    """The appropriation account, the ledger's sums by code and the earmark."""
    by_code = {code.code: Decimal(0) for code in spec.lists["verksamhetskod"].valid_in(YEAR)}
    for row in content["ekonomi"]:
        by_code[row["verksamhetskod"]] += row["utfall"]
    total = sum(by_code.values())
    grant = (total * Decimal("1.21")).quantize(Decimal(1000))
    content["anslag"] = [{
        "anslag": "3:1", "anslagspost": POST, "ingaende": Decimal(0), "tilldelning": grant, "omdisponerat": Decimal(0),
        "overskridande": Decimal(0), "indragning": Decimal(0), "utgifter": total, "inkomster": Decimal(0),
    }]  # fmt: skip
    content["huvudbok"] = [
        {"verksamhetskod": code, "huvudbok": amount} for code, amount in by_code.items()
    ]
    own = by_code["PM"]
    reason = "Utgifterna bokfördes på den gemensamma koden 801 innan den egna koden hade införts i redovisningen."
    content["sarredovisning"] = [
        {"omrade": "PM", "status": "SÄR", "belopp": own}
        if own
        else {"omrade": "PM", "status": "EJ", "belopp": Decimal(0), "skal": reason}
    ]


def raise_questions(content: dict[str, list[Row]]) -> None:
    """A county that needs to explain itself: nothing is wrong, but it is asked."""
    line = content["ekonomi"][1]
    line["budget"] = (line["utfall"] * Decimal("0.6")).quantize(Decimal(1000))
    value = next(row for row in content["indikatorer"] if row["indikator"] == "2")
    value |= {"varde": 180, "foregaende": 40}
    done = [row for row in content["aktiviteter"] if row["status"] == "K"]
    done[-1]["resultat"] = "Se ovan. Inget nytt."
    content["lagesbild"][0]["underlag"] = "xxx"


def make_mistakes(content: dict[str, list[Row]]) -> None:
    """A county whose return has errors that block: one of each common kind."""
    work = content["aktiviteter"]
    work[1]["slut"] = work[1]["start"] - timedelta(days=20)
    work[2]["mal_id"] = "M9"
    work[3]["typ"] = "UTBILDN"
    work[4]["rubrik"] = None
    work[6]["start"] = "2020-02-30"
    work.append(dict(work[7]))  # pasted twice
    content["indikatorer"][0]["varde"] = "många"
    content["indikatorer"][1]["varde"] = -4
    content["sarredovisning"] = [{"omrade": "PM", "status": None, "belopp": None}]


def write_ledger(county: Code, content: Content) -> None:
    """Ledger extracts for a few counties, each in its own form; one does not tie."""
    lines = [
        (row["verksamhetskod"], row["kostnadsslag"], row["utfall"])
        for row in content.get("ekonomi", [])
    ]
    if county.code == "12":
        publish(HERE / "ledgers/12 Skåne huvudbok.csv", csv_ledger(lines))
    if county.code == "14":
        publish(HERE / "ledgers/14 Västra Götaland huvudbok.xlsx", xlsx_ledger(lines))
    if county.code == "19":
        publish(HERE / "ledgers/19 Västmanland.se", sie_ledger(county, lines))


ACCOUNTS = {
    "PER": 4110,
    "LOK": 5010,
    "KÖP": 5410,
    "RES": 5510,
    "BID": 7310,
    "OH": 5990,
    "ÖVR": 5790,
}


def transactions(
    lines: list[tuple[str, str, Decimal]],
) -> Iterator[tuple[int, date, str, str, Decimal, str]]:
    """Each spend line as three vouchers over the year: voucher, date, account, code, amount, text."""
    voucher = 1000
    for code, kind, amount in lines:
        third = (amount / 3).quantize(Decimal("0.01"))
        for part, month in ((third, 3), (third, 7), (amount - 2 * third, 11)):
            voucher += 1
            yield (
                voucher,
                date(YEAR, month, 1 + voucher % 28),
                str(ACCOUNTS[kind]),
                code,
                part,
                "Påhittad transaktion",
            )


def csv_ledger(lines: list[tuple[str, str, Decimal]]) -> bytes:
    """Semicolons, decimal comma, cp1252: as the ledger system of the example writes it."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ["Verifikationsnummer", "Datum", "Konto", "Verksamhetskod", "Anslagspost", "Belopp", "Text"]
    )
    for voucher, day, account, code, amount, text in transactions(lines):
        writer.writerow(
            [voucher, day.isoformat(), account, code, POST, f"{amount:.2f}".replace(".", ","), text]
        )
    return target.getvalue().encode("cp1252")


def xlsx_ledger(lines: list[tuple[str, str, Decimal]]) -> bytes:
    """A transaction list with two rows of heading above it."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Transaktioner")
    sheet.write_row(0, 0, ["Huvudbok 2020, påhittade belopp"])
    sheet.write_row(
        2,
        0,
        ["Ver.nr", "Bokföringsdatum", "Konto", "Verksamhet", "Anslagspost", "Belopp (kr)", "Text"],
    )
    style = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.set_column(0, 6, 18)
    for row, (voucher, day, account, code, amount, text) in enumerate(transactions(lines), 3):
        sheet.write_row(row, 0, [voucher])
        sheet.write_datetime(row, 1, day, style)
        sheet.write_row(row, 2, [account, code, POST, float(amount), text])
    book.close()
    return repack(target.getvalue())


def sie_ledger(county: Code, lines: list[tuple[str, str, Decimal]]) -> bytes:
    """SIE 4 in cp437, with the verksamhetskod as dimension 7. One voucher is 12 500 kr too high, so that
    the finance check has a difference to find."""
    head = [
        "#FLAGGA 0", "#FORMAT PC8", "#SIETYP 4", '#PROGRAM "Exempel" 1.0', "#GEN 20210115",
        f'#FNAMN "Länsstyrelsen i {county.label}"', f"#RAR 0 {YEAR}0101 {YEAR}1231", '#DIM 7 "Verksamhetskod"',
    ]  # fmt: skip
    head += [f'#OBJEKT 7 "{code}" "{code}"' for code in AREA_SHARES]
    head += [f'#KONTO {account} "{kind}"' for kind, account in ACCOUNTS.items()]
    body: list[str] = []
    sums = dict.fromkeys(map(str, [*ACCOUNTS.values(), 1990]), Decimal(0))
    for number, (voucher, day, account, code, amount, text) in enumerate(transactions(lines)):
        written = amount + 12_500 if number == 4 else amount
        sums[account] += written
        sums["1990"] -= written
        body += [
            f'#VER A {voucher} {day:%Y%m%d} "{text}"', "{",
            f'   #TRANS {account} {{7 "{code}"}} {written:.2f}', f"   #TRANS 1990 {{}} {-written:.2f}", "}",
        ]  # fmt: skip
    head += ["#IB 0 1990 0.00", f"#UB 0 1990 {sums['1990']:.2f}"]
    head += [
        f"#RES 0 {account} {total:.2f}" for account, total in sums.items() if account != "1990"
    ]
    return ("\r\n".join(head + body) + "\r\n").encode("cp437")


if __name__ == "__main__":
    main()
