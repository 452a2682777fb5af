"""What a report over several years must print of years that ask and count otherwise, reckoned from plain
descriptions of the years by what docs/rapporten.md says of them. Nothing of the toolkit is used."""

from __future__ import annotations

from decimal import Decimal

from tests.analysis import oracle as money

AREA = "PM"  # the report's own area, by its code; its code begins in 2020
KINDS = ("KAM", "UTB", "KON")
INDICATORS = ("1", "7", "9", "14")
CODES = ("801", "HR", "PM")
COUNTED = ("enhet", "personer", "summering", "art")
LABELS = {  # of what a year may lack
    "typ": "Typ av aktivitet", "varde": "Värde", "indikatorer": "Indikatorer", "verksamhetskod": "Verksamhetskod",
    "valdsform": "områden som ska särredovisas", "omraden": "områden som ska särredovisas",
}  # fmt: skip
NBSP = "\u00a0"


def spaced(number, decimals=0):
    return f"{number:,.{decimals}f}".replace(",", NBSP).replace(".", ",")


def listed(words):
    words = list(map(str, words))
    return " och ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def asks_area(year):
    return not year["lacks"] & {"valdsform", "omraden"}


def asks_kinds(year):
    return asks_area(year) and "typ" not in year["lacks"]


def asks_indicators(year):
    return not year["lacks"] & {"varde", "indikatorer"}


def asks_codes(year):
    return "verksamhetskod" not in year["lacks"]


def there(year, name, code):
    return (name, code) not in year["ended"] and not (code == "PM" and year["year"] < 2020)


def concerned(year):
    return [(county, row) for county, row in year["work"] if row["valdsform"] == "PMH"]


def known(year, name):
    """The counties whose rows are in."""
    return {county for county in year["sent"] if county not in year.get("held", {}).get(name, ())}


def counted(year, count):
    """Nothing is nothing only where somebody's activities are known."""
    return spaced(count) if count or known(year, "work") else ".."


def work(years):
    own = [(year, concerned(year) if asks_area(year) else None) for year in years]
    return [
        [counted(year, len(year["work"])) for year in years],
        ["." if some is None else counted(year, len(some)) for year, some in own],
        [
            "." if some is None else counted(year, len({county for county, _ in some}))
            for year, some in own
        ],
    ]


def kinds(years):
    """Cells by code, with the sum last."""
    found = {}
    for code in KINDS:
        counts = [_count(year, code) for year in years]
        if any(counts):
            found[code] = [_dashed(y, one) for y, one in zip(years, counts, strict=True)]
    sums = [sum(_count(year, code) or 0 for code in KINDS) for year in years]
    told = zip(years, sums, strict=True)
    found["Summa"] = [_dashed(y, n if asks_kinds(y) else None) for y, n in told]
    return found


def _dashed(year, count):
    if count is None:
        return "."
    return counted(year, count) if count or not known(year, "work") else "–"


def _count(year, code):
    if not asks_kinds(year) or not there(year, "aktivitetstyp", code):
        return None
    return sum(row["typ"] == code for _, row in concerned(year))


def shifts(years):
    """Counties that have begun and ended by kind between the ends; None where fewer than two years ask."""
    asking = [year for year in years if asks_kinds(year)]
    if len(asking) < 2:
        return None
    first, last = asking[0], asking[-1]
    both = known(first, "work") & known(last, "work")
    found = {}
    for code in KINDS:
        if there(first, "aktivitetstyp", code) and there(last, "aktivitetstyp", code):
            held = [
                {c for c, row in concerned(y) if row["typ"] == code} & both for y in (first, last)
            ]
            if held[0] != held[1]:
                found[code] = (held[1] - held[0], held[0] - held[1])
    return found


def names(years, name, code, asking):
    """What some of the years that ask and have a code call it otherwise than the last of them."""
    own = [
        (year["year"], year["names"].get((name, code), ""))
        for year in years
        if asking(year) and there(year, name, code)
    ]
    return {
        told: [y for y, one in own if one == told] for _, told in own if own and told != own[-1][1]
    }


def ways(years, code):
    """The years that count an indicator alike, the oldest first."""
    found = {}
    for year in years:
        if asks_indicators(year) and there(year, "indikator", code):
            facts = year["facts"][code]
            key = tuple(facts.get(name, "summa" if name == "summering" else "") for name in COUNTED)
            found.setdefault(key, []).append(year)
    return list(found.values())


def indicators(years):
    """For each row: code, the years at its name (none where all are alike), the name, the cells."""
    rows = []
    for code in INDICATORS:
        groups = ways(years, code)
        for group in groups:
            own = [_values(year, code) if year in group else None for year in years]
            if not any(own):
                continue
            decimals = max(
                int(y["facts"][code]["decimaler"])
                for y, some in zip(years, own, strict=True)
                if some
            )
            cells = [_cell(y, code, some, decimals) for y, some in zip(years, own, strict=True)]
            told = [year["year"] for year in group] if len(groups) > 1 else []
            rows.append((code, told, group[-1]["names"].get(("indikator", code), ""), cells))
    return rows


def _values(year, code):
    """The numbers of each county."""
    found = {}
    for county, row in year["values"]:
        if row["indikator"] == code:
            found.setdefault(county, []).append(row["varde"])
    return found


def _cell(year, code, values, decimals):
    if values is None:
        return "."
    if not values:
        return ".."
    highest = year["facts"][code].get("summering") == "högsta per län"
    total = sum((max(own) if highest else sum(own) for own in values.values()), Decimal(0))
    return f"{spaced(total, decimals)}{NBSP}({len(values)})"


def natures(year):
    return ("utfall",) if "slag" in year["lacks"] else ("utgift", "kostnad")


def spend(years):
    """Cells by code and nature; `Summa` for all codes."""
    asking = [year for year in years if asks_codes(year)]
    told = {nature for year in asking for nature in natures(year)}
    found = {}
    for nature in told:
        for code in CODES:
            if any(there(year, "verksamhetskod", code) for year in years):
                found[code, nature] = [_kronor(year, code, nature) for year in years]
        found["Summa", nature] = [_kronor(year, "", nature) for year in years]
    return found


def _kronor(year, code, nature):
    if not asks_codes(year) or nature not in natures(year):
        return "."
    if code and not there(year, "verksamhetskod", code):
        return "."
    lines = [(county, row) for county, row in year["money"] if code in ("", row["verksamhetskod"])]
    unsure = unsure_of(lines, nature)
    total = summed([one for one in lines if one[0] not in unsure], nature)
    if total:
        return spaced(total)
    # Of a code somebody's unknown amount may be all that there is; a sum is of those that know all.
    is_told = known(year, "money") and not unsure if code else known(year, "money") - unsure
    return "–" if is_told else ".."


def unsure_of(lines, nature):
    """The counties with an amount that is not known, and may be of the nature."""
    other = {"utgift": "K", "kostnad": "U", "oklart": "UK"}.get(nature, "")
    return {
        county
        for county, row in lines
        if row["utfall"] == "u.s." and not (row["slag"] and str(row["slag"]) in other)
    }


def summed(lines, nature):
    wanted = {"utgift": "U", "kostnad": "K"}.get(nature)
    return sum(row["utfall"] for _, row in lines if wanted in (None, row["slag"]))


def judged(year):
    """The counties of which it is known how they report the area, and those that do it apart."""
    apart, certain = set(), set()
    for county in known(year, "money"):
        found = money.verdict(plain(year, county))
        certain |= {county} if found != "kan_inte_bedomas" else set()
        apart |= {county} if found == "sarredovisat" else set()
    return certain, apart


def plain(year, county):
    """A county as tests/analysis/oracle.py wants it."""
    lines = [
        {"code": row["verksamhetskod"], "violence": row["valdsform"], "outcome": row["utfall"], "kind": "", "post": ""}
        for one, row in year["money"] if one == county
    ]  # fmt: skip
    return {
        "sent": True, "blocked": (), "lines": lines, "answer": None, "stated": {}, "accounts": {}, "extract": None,
    }  # fmt: skip


def asks_judged(year):
    """Whether the area was to be reported apart, and all is asked that tells of it."""
    return asks_codes(year) and "omraden" not in year["lacks"] and year["year"] >= 2020


def of_area(years, nature):
    """What stands on the area's own code and on others."""
    own, traced = [], []
    for year in years:
        if not asks_codes(year) or "omraden" in year["lacks"] or nature not in natures(year):
            own.append(".")
            traced.append(".")
            continue
        there_is = there(year, "verksamhetskod", "PM")
        own.append(
            _part(year, nature, lambda row: row["verksamhetskod"] == "PM") if there_is else "."
        )
        traced.append(
            _part(
                year,
                nature,
                lambda row: row["verksamhetskod"] != "PM" and row["valdsform"] == "PMH",
                False,
            )
        )
    return own, traced


def _part(year, nature, is_of, is_own=True):
    lines = [(county, row) for county, row in year["money"] if is_of(row)]
    unsure = unsure_of(lines, nature)
    certain = known(year, "money") - unsure
    total = summed([one for one in lines if one[0] in certain], nature)
    if total:
        return spaced(total)
    if is_own:  # a county that has not said so has not said that there is nothing
        told = {c: money.verdict(plain(year, c)) for c in certain}
        certain = {c for c in certain if told[c] not in {"kan_inte_bedomas", "ej_redovisat"}}
    return "–" if certain else ".."


def left_out(year, name, unsure=()):
    """How many a sum leaves out, by reason."""
    held = set(year["sent"]) - known(year, name)
    counts = {"us": len(set(unsure) - held), "fel": len(held), "saknas": 21 - len(year["sent"])}
    return {why: count for why, count in counts.items() if count}


def unsure(year):
    return {county for county, row in year["money"] if row["utfall"] == "u.s."}


def compared(years):
    """Of the first and the last year that ask: who are known in both, whether all that are known of either are, and how
    many activities on the area they have in each; None where fewer than two ask."""
    asking = [year for year in years if asks_area(year)]
    if len(asking) < 2:
        return None
    ends = asking[0], asking[-1]
    both = known(ends[0], "work") & known(ends[1], "work")
    counts = [sum(county in both for county, _ in concerned(year)) for year in ends]
    return both, known(ends[0], "work") | known(ends[1], "work") == both, counts


def lacked(years):
    """Year and label of all that some year does not ask for and another does."""
    found = set()
    for year in years:
        for name in year["lacks"] - {"slag"}:
            if name == "varde" and "indikatorer" in year["lacks"]:
                continue
            wanted = {"valdsform", "omraden"} if name in {"valdsform", "omraden"} else {name}
            if name in {"varde", "indikatorer"}:
                seen = any(asks_indicators(one) for one in years)
            elif name == "typ":
                seen = any(asks_kinds(one) for one in years)
            else:
                seen = any(not one["lacks"] & wanted for one in years)
            if seen:
                found.add((year["year"], LABELS[name]))
    return found
