"""Years made by chance, as plain rows: corrections, netting, u.s., blocked sheets, shared costs,
money handed on between counties, extracts and statements that are right or not. What is compared
with `oracle.py`, and how the rows become merged data."""

import random
import sys
from decimal import Decimal

from tests.analysis import oracle
from tests.datasets import row_of, small_dataset
from toolkit.analysis.appropriations import Series
from toolkit.analysis.earmarks import first_verdicts
from toolkit.analysis.merge import Dataset
from toolkit.analysis.money_tables import codes_of, county_spend, earmark_table, whole_sum
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.records import AppropriationLine, EarmarkStatement, LedgerStatement, SpendLine
from toolkit.analysis.results import YearResults
from toolkit.ledger.entries import Ledger
from toolkit.report.money_words import MoneyWords
from toolkit.returns.submission import Missing
from toolkit.words.amounts import format_number, format_percent

COUNTIES = ("01", "12", "14", "25")
CODES = {"code": ("801", "VN", "HR", "VF", "PM"), "kind": (), "post": ()}
KINDS, POSTS = ("PER", "LOK", "KÖP", "BID", "OH"), oracle.POSTS
WORDS = {"u.s.": Missing.UNKNOWN, "tomt": Missing.BLANK, "e.t.": Missing.NOT_APPLICABLE}
SHEETS = ("ekonomi", "huvudbok", "anslag", "sarredovisning")
YEARS_OF_THE_COMMAND = 2000


def made_year(seed):
    """Four counties by code."""
    draw = random.Random(seed)
    year = {county: _county(draw) for county in COUNTIES}
    if draw.random() < 0.4:
        _hand_on(draw, year)
    for county in year.values():
        _sides(draw, county)
    return year


def _county(draw):
    rounded = draw.random() < 0.5
    lines = [_line(draw, rounded) for _ in range(draw.choice((0, 1, 2, 4, 9)))]
    for _ in range(draw.choice((0, 0, 1, 2))):
        lines += _corrected(draw, lines)
    if draw.random() < 0.3:  # nothing on the code, so that the rest of the table decides
        lines = [line for line in lines if line["code"] != "PM"]
    county = {
        "sent": draw.random() < 0.9,
        "blocked": tuple(one for one in SHEETS if draw.random() < 0.08),
        "lines": lines,
        "answer": draw.choice((
            None, ("SÄR", ""), ("NOLL", "Inget hände"), ("NOLL", "–"), ("EJ", "Ryms i 801"),
            ("EJ", ""), ("u.s.", "Vet inte"),
        )),
    }  # fmt: skip
    stated = draw.choice((Decimal(0), Decimal(7), *WORDS))
    county["answer"] = county["answer"] and (*county["answer"], stated)
    return county


def _line(draw, rounded):
    ore = draw.choice((0, 1, 49, 100, 12_345, 5_000_000, draw.randrange(10**9)))
    amount = Decimal(ore // 100 * 100 if rounded else ore).scaleb(-2)
    kind = draw.choice(KINDS)
    return {
        "code": draw.choice(("801", "VN", "PM", "PM", "HR")), "kind": kind,
        "post": draw.choice(POSTS), "violence": draw.choice(("PMH", "VNR", "VNR", "HRV")),
        "basis": draw.choice(("U", "K", "K" if kind != "BID" else "U")),
        "outcome": draw.choice((amount, amount, amount, -amount, draw.choice(list(WORDS)))),
        "share": draw.choice(("tomt", "tomt", Decimal(draw.randrange(1, 101)))),
    }  # fmt: skip


def _corrected(draw, lines):
    """A correction of a line: all of it, a part of it, or its move to another code."""
    if not lines:
        return []
    line = draw.choice(lines)
    if not oracle.known(line["outcome"]):
        return []
    part = draw.choice((line["outcome"], (line["outcome"] / 2).quantize(Decimal(1))))
    back = {**line, "outcome": -part}
    moved = {**line, "code": draw.choice(("801", "PM")), "outcome": part}
    return draw.choice(([back], [back, moved]))


def _hand_on(draw, year):
    """Means that one county disposes and hands on: spent as a grant there, and here again."""
    giver, taker = draw.sample(COUNTIES, 2)
    amount = Decimal(draw.randrange(1, 900_000))
    line = {"code": "PM", "post": "ap.4", "violence": "PMH", "share": "tomt"}
    year[giver]["lines"].append({**line, "kind": "BID", "basis": "U", "outcome": amount})
    year[taker]["lines"].append({**line, "kind": "PER", "basis": "K", "outcome": amount})


def _sides(draw, county):
    """What the county states, and what its extract holds: right, or with one fault of each kind."""
    sums = oracle.summed(county["lines"], "code", "kind", "post")
    extract = dict(sums)
    _spoil(draw, extract)
    county["extract"] = extract if draw.random() < 0.4 else None
    for name, cut, codes in (("stated", "code", CODES["code"]), ("accounts", "post", POSTS)):
        own = oracle.summed(county["lines"], cut)
        county[name] = {
            code: draw.choice((own.get((code,), Decimal(0)),) * 5 + ("u.s.", "tomt", Decimal(7)))
            for code in codes
        }


def _spoil(draw, extract):
    what = draw.choice(("nothing", "nothing", "moved", "ore", "lost", "rounded"))
    if not extract or what == "nothing":
        return
    key = draw.choice(sorted(extract))
    if what == "lost":
        extract.pop(key)
    elif what == "moved":
        other = ("801" if key[0] != "801" else "PM", *key[1:])
        extract[other] = extract.get(other, Decimal(0)) + extract.pop(key)
    else:
        extract[key] += Decimal("0.01") if what == "ore" else Decimal("0.40")


def dataset_of(year) -> Dataset:
    """The same rows as merged data; a blocked sheet's rows are held back as the merge does."""
    rows = []
    for code, county in year.items():
        if county["sent"]:
            rows += _rows(code, county)
    sent = [code for code, county in year.items() if county["sent"]]
    return small_dataset(*rows, counties=sent, blocked={c: o["blocked"] for c, o in year.items()})


def _typed(value):
    return WORDS.get(value, value) if isinstance(value, str) and value else value or Missing.BLANK


def _amount(value):
    return value if oracle.known(value) else WORDS[value]


def _rows(code, county):
    if "ekonomi" not in county["blocked"]:
        for row, line in enumerate(county["lines"], 6):
            amounts = {name: _amount(line[name]) for name in ("outcome", "share")}
            yield row_of(SpendLine, code, row, **{**line, **amounts})
    if "sarredovisning" not in county["blocked"] and county["answer"] is not None:
        status, reason = map(_typed, county["answer"][:2])
        said = {"status": status, "reason": reason, "amount": _amount(county["answer"][2])}
        yield row_of(EarmarkStatement, code, area="PM", **said)
    if "huvudbok" not in county["blocked"]:
        for of, kr in county["stated"].items():
            yield row_of(LedgerStatement, code, code=of, amount=_amount(kr))
    if "anslag" not in county["blocked"]:
        for of, kr in county["accounts"].items():
            yield row_of(AppropriationLine, code, post=of, spent=_amount(kr))


def results_of(year) -> YearResults:
    """What the toolkit makes of it."""
    data = dataset_of(year)
    ledgers = {
        code: Ledger(f"{code}.csv", code, county["extract"], 1, Decimal(0))
        for code, county in year.items()
        if county["extract"] is not None and county["sent"]
    }
    series = Series(())
    lines, parts = reconcile(data, ledgers), reconcile_parts(data, ledgers, series)
    return YearResults(data, first_verdicts(data, lines), series, lines, parts, ledgers)


def disagreements(seed):
    """Where the toolkit and the oracle say otherwise of a year."""
    year = made_year(seed)
    results = results_of(year)
    compared = [("riket", *one) for one in _country(results, year)]
    for code, county in year.items():
        compared += [(code, *one) for one in _both(results, code, county)]
    return [
        f"{seed} {code} {what}: {ours} / {theirs}"
        for code, what, ours, theirs in compared
        if ours != theirs
    ]


def _both(results, code, county):
    """Each thing that is compared: what it is, what the toolkit says, what the oracle says."""
    found = next(one for one in results.verdicts if one.county == code)
    yield "verdict", str(found.verdict), oracle.verdict(county)
    yield "control", (found.own, found.traced, found.total), oracle.own_traced_total(county)
    yield "by nature", _by_nature(results, found), oracle.by_nature(county)
    yield "by code", _by_code(results, found), oracle.by_code(county, CODES["code"])
    if not county["sent"]:
        return
    yield "gap", results.gap(code), oracle.gap(county, CODES)
    for cut, name in (
        ("code", "verksamhetskod"),
        ("kind", "kostnadsslag"),
        ("post", "anslagspost"),
    ):
        off = {
            one.code: abs(one.difference)
            for one in results.all_off
            if (one.county, one.dimension) == (code, name)
        }
        yield name, off, oracle.differences(county, cut, CODES[cut])


def _by_nature(results, found):
    """Own, traced and total of each nature, where they are known."""
    usable = results.states[found.county].spend_state.usable
    told = {}
    for nature in results.natures:
        parts = zip(found.of(nature), found.knows(nature), strict=True)
        told[str(nature)] = tuple(kr if usable and known else None for kr, known in parts)
    return told


def _by_code(results, found):
    told = {}
    for nature in results.natures:
        own = county_spend(results, nature)[found.name]
        order = [code.code for code in codes_of(results)]
        placed = [own[order.index(code)] for code in CODES["code"]]
        told[str(nature)] = (*placed, whole_sum(placed))
    return told


def _country(results, year):
    """What the report says of all counties together."""
    counties, words = (
        year.values(),
        MoneyWords(results.verdicts, results.data.year.texts("rapport")),
    )
    for which, part in enumerate(("egen", "sparat", "totalt")):
        theirs = oracle.country(counties, which)
        yield (
            part,
            words.amounts(part),
            {name: theirs[name] for name in theirs if name in oracle.there(counties, which)},
        )
    table = earmark_table(results, results.data.year.texts("rapport"))
    shares = [
        one if isinstance(one, str) else format_percent(one)
        for one in oracle.printed_shares(counties).values()
    ]
    yield "shares", list(table.rows[-1][3::2]), shares
    yield (
        "own in all",
        list(table.rows[-1][2::2]),
        [
            ".." if kr is None else format_number(kr) if name in oracle.there(counties, 0) else "–"
            for name, kr in oracle.own_in_all(counties).items()
        ],
    )


if __name__ == "__main__":
    count = int(sys.argv[1]) if sys.argv[1:] else YEARS_OF_THE_COMMAND
    all_of_them = [one for seed in range(count) for one in disagreements(seed)]
    print("\n".join(all_of_them[:40]))
    print(f"{count} years, {len(all_of_them)} disagreements")
    sys.exit(bool(all_of_them))
