"""Makes the submissions of the years before the example year, byte for byte: `make example`.

Strategies, plans, the film and the championships follow Rapport 2021:14, bilaga 3 (example/tidigare.yaml); all else
is invented. The spend of all counties sums to the figure that the report prints for each year. There was no code for
trafficking then: its spend stands on 801. Last year's values (föregående) are those that the year before reports."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import make_example
import yaml
from make_example import AREA_VIOLENCE, INDICATORS, KIND_SHARES, NIL, build_county, share_out

from toolkit.files.atomic import publish
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year, load_year
from toolkit.template import Content, write_template

HERE = Path(__file__).parent
LAST = 2020
SPENT = {2017: 75_080_595, 2018: 85_531_674, 2019: 102_596_630}
GRANTED = {2017: 60_000_000, 2018: 90_000_000, 2019: 110_000_000}
NOT_SENT = {2017: {"09"}, 2018: {"10"}, 2019: {"07"}}
SHARES = {"801": 345, "VN": 300, "HR": 210, "VF": 145}
NOT_YET: dict[int, set[str]] = {2017: {"12", "21", "24"}, 2018: {"24"}, 2019: set()}
"""Indicators that nobody had begun to report."""
POST = "ap.4"
DECISIONS = {
    2017: "S2016/07980/JÄM (exempel)",
    2018: "S2017/07453/JÄM (exempel)",
    2019: "A2018/00190/JÄM (exempel)",
}
WENT_ON = [
    "Arbetet har fortsatt som planerat.", "Deltagarna har gett arbetet ett gott omdöme.", "Fler aktörer än väntat har deltagit.",
    "Arbetet har kommit i gång och fortsätter nästa år.", "Resultatet har återförts till kommunerna.",
    "Metoden används nu i flera kommuner.",
]  # fmt: skip
NIL_REASON = "Arbetet bedrevs under {year} tillsammans med länsstyrelsen Stockholm, som redovisar insatser och utgifter för båda länen."
MARKED = """# Allt i den här mappen är påhittat. Vad raderna betyder står i inputs/2020/pahittat.yaml.
redovisningar: ["*"]
huvudbocker: ["*"]
omslag: "Exempelrapport. Alla belopp per län och alla antal är påhittade."
sidfot: "Jämställdhetsmyndigheten | Exempelrapport {year}"
kalla: Belopp och antal är påhittade.
lan: Exempel. Alla belopp och antal är påhittade.
brev: Exempel. Alla belopp per län är påhittade.
"""
Row = dict[str, Any]


def main() -> None:
    """Write all submissions of the earlier years."""
    templates = HERE.parents[1] / "templates"
    years = {number: load_year(templates, number) for number in (*SPENT, LAST)}
    texts = {
        name: yaml.safe_load((HERE / f"example/{name}.yaml").read_text("utf-8"))
        for name in ("lan", "gemensamt", "tidigare")
    }
    # What is told of earlier years is told without the last year's questions and mistakes.
    make_example.ERRORS = make_example.QUESTIONS = ""
    weights = {code: fact["vikt"] for code, fact in texts["lan"].items()}
    for number in SPENT:
        publish(HERE.parent / str(number) / "pahittat.yaml", MARKED.encode())
    for county in years[LAST].spec.counties:
        known = build_county(
            years[LAST].spec, county, texts["lan"][county.code], texts["gemensamt"], 1_000_000
        )
        own = texts["tidigare"].get(county.code, [])
        values = list(indicators_before(county, known.get("indikatorer", [])))
        for number in SPENT:
            if county.code not in NOT_SENT[number]:
                kronor = (
                    share_out(SPENT[number], weights)[county.code],
                    share_out(GRANTED[number], weights)[county.code],
                )
                content = build(number, county, known, own, kronor)
                if county.code != NIL:
                    content["indikatorer"] = list(
                        indicators_of(number, values, content["aktiviteter"], known)
                    )
                write(years[number], county, content)


def write(year: Year, county: Code, content: Content) -> None:
    """One submission, in its own year's workbook."""
    number = year.spec.year
    content["aktiviteter"] = [
        {key: row[key] for key in row if key != "of"} for row in content.get("aktiviteter", [])
    ]
    name = f"Redovisning {county.attributes['namn']} {number}.xlsx"
    book = write_template(year.spec, county, year.texts("mall"), content)
    publish(HERE.parent / str(number) / "submissions" / name, book)


def build(
    year: int, county: Code, known: Content, own: list[Any], kronor: tuple[int, int]
) -> dict[str, list[Row]]:
    """A county's return of an earlier year but for the indicators, from what it reports of the last."""
    chance = random.Random(f"länsrapport {county.code} {year}")
    contact = {**known["uppgifter"][0], "dnr": f"801-{chance.randint(1000, 9999)}-{year}"}
    contact |= {
        "regeringsbeslut": DECISIONS[year],
        "godkand_datum": date(year + 1, 2, chance.randint(1, 26)),
    }
    content: dict[str, list[Row]] = {"uppgifter": [contact]}
    if county.code == NIL:
        return content | nil_return(year)
    pictures = known["lagesbild"][-2:] if year < 2019 else known["lagesbild"]
    sources = [
        "Regional strategi",
        f"Enkät till kommunerna {year - 1}",
        "Samtal med polis och socialtjänst",
    ]
    content["lagesbild"] = [
        {**row, "id": f"L{n}", "underlag": chance.choice(sources)}
        for n, row in enumerate(pictures, 1)
    ]
    content["mal"] = [
        {**row, "lagesbild_id": f"L{1 + n % len(pictures)}"} for n, row in enumerate(known["mal"])
    ]
    content["aktiviteter"] = list(activities(year, known["aktiviteter"], own, chance))
    content["ekonomi"] = list(spend(county, kronor[0], content["aktiviteter"], chance))
    content["anslag"] = [account(*kronor)]
    spent = {
        code: sum(
            (row["utfall"] for row in content["ekonomi"] if row["verksamhetskod"] == code),
            Decimal(0),
        )
        for code in SHARES
    }
    content["huvudbok"] = [
        {"verksamhetskod": code, "huvudbok": amount} for code, amount in spent.items()
    ]
    return content


def nil_return(year: int) -> dict[str, list[Row]]:
    """Nothing to report, with a reason."""
    reason = NIL_REASON.format(year=year)
    return {
        "inget": [{"tabell": code, "inget": "JA", "skal": reason} for code in ("LÄGE", "MÅL", "AKT", "IND", "EKO", "ANS")],
        "huvudbok": [{"verksamhetskod": code, "huvudbok": Decimal(0)} for code in SHARES],
    }  # fmt: skip


def activities(year: int, known: list[Row], own: list[Any], chance: random.Random) -> Iterator[Row]:
    """The county's own of the year, and those that it still has in the last year: all of them the year before, fewer
    earlier. Every goal has one. `of` is the id in the last year."""
    begun = [one for one in own if year in one[0]]
    taken = {one[1] for one in begun if one[1] in ONCE}
    still = [row for row in known if row["typ"] not in taken]
    count = round(len(still) * PART[year])
    chosen = set(map(still.index, chance.sample(still, count)))
    for goal in ("M1", "M2", "M3", "M4"):
        places = [n for n, row in enumerate(still) if row["mal_id"] == goal]
        chosen |= set(places[:1]) if not chosen & set(places) else set()
    number = 0
    for _, kind, goal, view, title, text, result, example in begun:
        number += 1
        like = {
            **known[0],
            "typ": kind,
            "mal_id": f"M{goal}",
            "perspektiv": view,
            "rubrik": title,
            "beskrivning": text,
            "valdsform": "PMH",
        }
        like["malgrupp"] = ("MÄN",) if view == "K" else known[0]["malgrupp"]
        replaced = next((row["id"] for row in known if row["typ"] == kind and kind in ONCE), "")
        said = {
            "gott_exempel": "JA" if example else "NEJ",
            "exempeltext": example or None,
            "of": replaced,
        }
        yield dated(number, like, year, chance, result) | said
    for row in (still[place] for place in sorted(chosen)):
        number += 1
        yield dated(number, row, year, chance, chance.choice(WENT_ON)) | {"of": row["id"]}


ONCE = {"EVE", "INS", "SFI", "UPP"}
"""Kinds of which a county has one activity: an earlier one of them stands for that of the last year."""
PART = {2017: 0.45, 2018: 0.65, 2019: 1.0}


def dated(number: int, row: Row, year: int, chance: random.Random, result: str) -> Row:
    """A row of another year, finished, on the codes of then."""
    start = date(year, chance.randint(1, 9), chance.randint(1, 28))
    end = date(year, min(12, start.month + chance.choice([0, 1, 3])), 28)
    code = {"VNR": "VN", "HRV": "HR"}.get(row["valdsform"], "801")
    return {
        **row, "id": f"A{number}", "start": start, "slut": end, "uppfoljning_datum": date(year, 12, 28), "status": "K", "verksamhetskod": code,
        "resultat": result, "belagg": row["belagg"] or "UPL", "gott_exempel": "NEJ", "exempeltext": None,
    }  # fmt: skip


def indicators_before(county: Code, known: list[Row]) -> Iterator[dict[int, Any]]:
    """Each value of the last year as it was in each year before: the nearest is the one that is told as last year's."""
    chance = random.Random(f"länsrapport {county.code} förr")
    for row in known:
        values: dict[int, Any] = {2019: row["foregaende"]}
        for year in (2018, 2017, 2016):
            after = values[year + 1]
            values[year] = (
                after if isinstance(after, str) else round(after * chance.uniform(0.84, 1.04))
            )
        yield values


def indicators_of(
    year: int, values: list[dict[int, Any]], work: list[Row], known: Content
) -> Iterator[Row]:
    """A year's values: those of the activities that go on, and one for each of the year's own."""
    now = {row["of"]: row for row in work if row["of"]}
    number = 0
    for row, own in zip(known.get("indikatorer", []), values, strict=True):
        activity = now.get(row["aktivitet_id"])
        if activity and row["indikator"] not in NOT_YET[year]:
            number += 1
            known_before = year > 2017 and row["indikator"] not in NOT_YET[year - 1]
            yield value(row, number, activity, own[year]) | {
                "foregaende": None,
                "kommentar": said_of(own[year], known_before),
            }
    for activity in (one for one in work if not one["of"]):
        number += 1
        code = INDICATORS[activity["typ"]][0]
        like = next(
            (row for row in known["indikatorer"] if row["indikator"] == code),
            known["indikatorer"][0],
        )
        amount = FEW.get(code, 3)
        source = {"2": "Deltagarlistor", "23": "Kommun"}.get(code, "Länsstyrelsen")
        yield value(like, number, activity, amount) | {
            "indikator": code,
            "kalla": source,
            "malvarde": None,
            "foregaende": None,
            "kommentar": None,
        }


FEW = {"11": 1, "10": 1, "7": 1, "23": 9, "22": 8, "24": 7, "6": 2}


def value(row: Row, number: int, activity: Row, amount: Any) -> Row:
    """A row of Indikatorer for an activity of the year."""
    goal = row["malvarde"]
    return {
        **row,
        "id": f"I{number}",
        "varde": amount,
        "aktivitet_id": activity["id"],
        "mal_id": activity["mal_id"],
        "malvarde": goal,
    }


def said_of(amount: Any, known_before: bool) -> str | None:
    """Why a value is not known, or differs much."""
    if amount == "u.s.":
        return "Uppgiften har inte gått att få fram."
    return "Antalet aktiviteter är inte detsamma som året före." if known_before else None


def spend(county: Code, total: int, work: list[Row], chance: random.Random) -> Iterator[Row]:
    """Lines that sum to the county's total; what trafficking cost stands on the common code."""
    areas = share_out(
        total, {code: round(share * chance.uniform(98, 102)) for code, share in SHARES.items()}
    )
    marked = chance.choice([("KÖP",), ("BID",), ("KÖP", "BID"), ("KÖP",)])
    number = 0
    for area, amount in areas.items():
        for kind, part in share_out(amount, KIND_SHARES).items():
            number += 1
            violence = "PMH" if area == "801" and kind in marked else AREA_VIOLENCE[area]
            own = [row["id"] for row in work if row["valdsform"] == violence]
            shared = kind in {"LOK", "OH"}
            yield {
                "id": f"E{number}", "verksamhetskod": area, "anslag": "3:1", "anslagspost": POST, "malsattning": str(1 + number % 4),
                "valdsform": violence, "kostnadsslag": kind, "slag": "U" if kind == "BID" else "K",
                "budget": Decimal(round(part * chance.uniform(1.02, 1.25), -3)), "utfall": Decimal(part),
                "andel": chance.choice([15, 20, 25]) if shared else None, "grund": chance.choice(["TID", "ÅA"]) if shared else None,
                "aktivitet_id": chance.choice(own) if own and kind in {"KÖP", "BID"} else "e.t.",
                "mottagare": f"Kvinnojourerna i {county.label}" if kind == "BID" else None, "kommentar": "Påhittat belopp för exemplet.",
            }  # fmt: skip


def account(spent: int, granted: int) -> Row:
    """The appropriation account: nothing is carried over to the next year."""
    left = granted - spent
    return {
        "anslag": "3:1", "anslagspost": POST, "ingaende": Decimal(0), "tilldelning": Decimal(granted), "omdisponerat": Decimal(0),
        "overskridande": Decimal(max(0, -left)), "indragning": Decimal(min(0, -left)), "utgifter": Decimal(spent), "inkomster": Decimal(0),
    }  # fmt: skip


if __name__ == "__main__":
    main()
