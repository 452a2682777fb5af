"""Ledger layouts made by chance: how systems and people lay out the same transactions. Each is a file
with the sums that it holds, counted from the transactions and not from the file. What is read must come to
those sums, or be refused by name. `python -m tests.ledger.layouts 2000` looks at two thousand."""

import csv
import io
import random
import sys
import zipfile
from collections import Counter
from decimal import Decimal
from xml.sax.saxutils import escape

import xlsxwriter

from tests.conftest import ROOT
from toolkit.ledger.chart import read_chart
from toolkit.ledger.entries import Ledger
from toolkit.ledger.files import read_ledger
from toolkit.ledger.proof import proved
from toolkit.read import Unreadable
from toolkit.spec.load import load_year

YEAR = load_year(ROOT / "templates", 2020)
CHART = read_chart(YEAR)
NAMES = {
    "4110": "Löner",
    "5011": "Lokalhyra",
    "5411": "Konsulter",
    "5511": "Resor",
    "7711": "Bidrag",
}
KINDS = {"4110": "PER", "5011": "LOK", "5411": "KÖP", "5511": "RES", "7711": "BID"}
LABELS = {"PM": "Prostitution och människohandel", "801": "Våld", "VN": "Våld i nära relationer"}
AMOUNTS = ("signed", "sides", "sides_saldo", "mark", "mark_signed", "saldo_beside", "turned")
ACCOUNTS = ("column", "named", "two_columns", "section", "section_konto", "first_only")
CODES = ("column", "labelled", "section")
SUBTOTALS = ("none", "words", "account_words", "grand", "bare", "opening", "closing")
FORMATS = ("csv", "csv", "csv", "tsv", "xlsx", "xlsx", "ods")
ENCODINGS = ("cp1252", "utf-8", "utf-8-sig", "utf-16")
NUMBERS = ("comma", "point", "spaces", "trailing", "parens", "unicode")
CHOICES = {
    "amounts": AMOUNTS, "accounts": ACCOUNTS, "codes": CODES, "subtotals": SUBTOTALS,
    "format": FORMATS, "encoding": ENCODINGS, "numbers": NUMBERS, "preamble": (0, 0, 3, 9),
    "pages": (False, False, True), "sheets": (1, 1, 2), "delimiter": (";", ";", ",", "|"),
    "post": (True, False), "spacer": (False, True),
}  # fmt: skip


def made(seed):
    """A layout: what was chosen, the file's name, its bytes, and its true sums."""
    draw = random.Random(seed)
    layout = {name: draw.choice(choices) for name, choices in CHOICES.items()}
    transactions = _transactions(draw)
    key = lambda one: (one["account"], one["code"])  # noqa: E731
    if layout["codes"] == "section":
        key = lambda one: (one["code"], one["account"])  # noqa: E731
    if draw.random() < 0.8 or layout["accounts"] != "column" or layout["subtotals"] != "none":
        transactions.sort(key=key)
    parts = [transactions]
    if layout["sheets"] == 2 and layout["format"] in ("xlsx", "ods"):
        half = len(transactions) // 2
        parts = [transactions[:half], transactions[half:]]
    sheets = [_rows(layout, part) for part in parts]
    name, data = _written(layout, sheets)
    return layout, name, data, _truth(layout, transactions)


def _transactions(draw):
    rows = []
    for number in range(draw.choice((6, 20, 60))):
        ore = draw.choice((100, 12_345, 250_000, draw.randrange(1, 10**9), 5_000_000))
        rows.append({
            "account": draw.choice(list(NAMES)), "code": draw.choice(list(LABELS)),
            "post": draw.choice(("ap.1", "ap.4")), "voucher": f"A{100 + number}",
            "day": f"2020-{draw.randrange(1, 13):02}-{draw.randrange(1, 28):02}",
            "text": draw.choice(("Hyra", "Lön mars", "Resa 2020", "Summa hyra mars", "")),
            "kr": Decimal(ore if draw.random() < 0.85 else -ore).scaleb(-2),
        })  # fmt: skip
    # A year's costs are above zero; which sign costs have in a file cannot be told otherwise.
    rows[0]["kr"] = abs(rows[0]["kr"]) + sum(abs(one["kr"]) for one in rows if one["kr"] < 0)
    return rows


def _truth(layout, transactions):
    sums = {}
    for one in transactions:
        post = one["post"] if layout["post"] else ""
        key = (one["code"], KINDS[one["account"]], post)
        sums[key] = sums.get(key, Decimal(0)) + one["kr"]
    return sums


def _columns(layout):
    """The headings, each with what stands below it."""
    heads = []
    if layout["accounts"] not in ("section", "section_konto"):
        heads.append(("Konto", "account"))
    if layout["accounts"] == "section_konto":
        heads.append(("Konto", "nothing"))
    if layout["accounts"] == "two_columns":
        heads.append(("Kontonamn", "account_name"))
    heads += [("Ver.nr", "voucher"), ("Bokföringsdatum", "day")]
    if layout["codes"] != "section":
        heads.append(("Verksamhetskod", "code"))
    if layout["post"]:
        heads.append(("Anslagspost", "post"))
    heads.append(("Text", "text"))
    if layout["spacer"]:
        heads.append(("", "nothing"))
    if layout["amounts"].startswith("sides"):
        heads += [("Debet", "debit"), ("Kredit", "credit")]
    else:
        heads.append(("Belopp", "amount"))
    if layout["amounts"].startswith("mark"):
        heads.append(("D/K", "mark"))
    if "saldo" in layout["amounts"]:
        heads.append(("Saldo", "balance"))
    return heads


def _rows(layout, transactions):
    heads = _columns(layout)
    rows = [
        ["Huvudbok 2020"],
        ["Länsstyrelsen i Skåne län"],
        ["Utskrivet 2021-01-15", "", "Sida 1"],
    ]
    rows = [*rows, *[[""]] * 6][: layout["preamble"]]
    rows.append([head for head, _ in heads])
    state = {"balance": Decimal(0), "account": None, "code": None, "since": Decimal(0)}
    for place, one in enumerate(transactions):
        _between(layout, heads, rows, state, one)
        if layout["pages"] and place % 25 == 24:
            rows += [["Huvudbok 2020", "", "Sida 2"], [head for head, _ in heads]]
        state["balance"] += one["kr"]
        state["since"] += one["kr"]
        shown = {**one, "first": state["account"] != one["account"], "balance": state["balance"]}
        state["account"], state["code"] = one["account"], one["code"]
        rows.append([_cell(layout, name, shown) for _, name in heads])
    _end_of(layout, heads, rows, state)
    total = sum((one["kr"] for one in transactions), Decimal(0))
    if layout["subtotals"] == "grand":
        rows.append(_told(heads, layout, "Totalsumma", total))
    return rows


def _between(layout, heads, rows, state, one):
    """What stands between two groups: the sum of the last, and the heading of the next."""
    account_changed = state["account"] != one["account"]
    code_changed = state["code"] != one["code"]
    if not account_changed and not (code_changed and layout["codes"] == "section"):
        return
    _end_of(layout, heads, rows, state)
    state["since"] = Decimal(0)
    width = len(heads)
    if layout["codes"] == "section" and code_changed:
        heading = f"Verksamhetskod {one['code']} {LABELS[one['code']]}"
        rows.append([heading, *[""] * (width - 1)])
    if layout["accounts"].startswith("section"):
        words = "Konto " if layout["accounts"] == "section_konto" else ""
        account = f"{words}{one['account']} {NAMES[one['account']]}"
        rows.append([account, *[""] * (width - 1)])
    if layout["subtotals"] == "opening":
        rows.append(_told(heads, layout, "Ingående saldo", Decimal(77_700)))


def _end_of(layout, heads, rows, state):
    if state["account"] is None:
        return
    words = {"words": "Summa", "account_words": f"Summa konto {state['account']}",
             "closing": "Utgående saldo", "bare": ""}  # fmt: skip
    if layout["subtotals"] in words:
        rows.append(_told(heads, layout, words[layout["subtotals"]], state["since"]))


def _told(heads, layout, words, amount):
    """A row that is no transaction: words in its first column of texts, and an amount."""
    row = {"text": words, "kr": amount, "balance": amount, "first": False}
    names = [name for _, name in heads]
    cells = [_cell(layout, name, row) if name in {"amount", "debit", "credit", "balance", "mark"} else ""
             for name in names]  # fmt: skip
    cells[names.index("voucher") if layout["accounts"] == "two_columns" else 0] = words
    return cells


def _cell(layout, name, one):
    kr = one["kr"]
    match name:
        case "nothing":
            return ""
        case "account":
            shown = one["account"]
            if layout["accounts"] == "named":
                shown = f"{shown} {NAMES[shown]}"
            return shown if layout["accounts"] != "first_only" or one["first"] else ""
        case "account_name":
            return NAMES[one["account"]]
        case "code":
            labelled = layout["codes"] == "labelled"
            return f"{one['code']} - {LABELS[one['code']]}" if labelled else one["code"]
        case "amount":
            if layout["amounts"] == "turned":
                return -kr
            return abs(kr) if layout["amounts"] == "mark" else kr
        case "debit":
            return kr if kr >= 0 else ""
        case "credit":
            return -kr if kr < 0 else ""
        case "mark":
            return "D" if kr >= 0 else "K"
    return one[name]


def _number(kr, how):
    plain = f"{kr:.2f}"
    digits, sign = plain.lstrip("-"), "-" if kr < 0 else ""
    match how:
        case "point":
            return plain
        case "spaces":
            return sign + f"{abs(kr):,.2f}".replace(",", "\u00a0").replace(".", ",")
        case "trailing":
            return digits.replace(".", ",") + sign
        case "parens":
            return f"({digits})".replace(".", ",") if sign else digits.replace(".", ",")
        case "unicode":
            return plain.replace(".", ",").replace("-", "\u2212")
    return plain.replace(".", ",")


def _written(layout, sheets):
    form = layout["format"]
    if form in ("csv", "tsv"):
        delimiter = "\t" if form == "tsv" else layout["delimiter"]
        how = layout["numbers"]
        encoding = layout["encoding"]
        if how == "unicode" and encoding == "cp1252":
            how = "comma"  # the sign of minus is not among its letters
        target = io.StringIO()
        for row in sheets[0]:
            shown = [_number(one, how) if isinstance(one, Decimal) else one for one in row]
            csv.writer(target, delimiter=delimiter, lineterminator="\r\n").writerow(shown)
        return f"12 x.{form}", target.getvalue().encode(encoding)
    return f"12 x.{form}", (_xlsx if form == "xlsx" else _ods)(sheets)


def _xlsx(sheets):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for place, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, Decimal):
                        sheet.write_number(place, column, float(value))
                    elif value:
                        sheet.write_string(place, column, value)
    return target.getvalue()


def _ods(sheets):
    """As little as an ods can be."""
    tables = []
    for number, rows in enumerate(sheets):
        lines = "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        tables.append(f'<table:table table:name="Blad{number}">{lines}</table:table>')
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
        f'xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0">'
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.2" '
        f'xmlns:manifest="{space}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return target.getvalue()


def _ods_cell(value):
    if isinstance(value, Decimal):
        number = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {number}><text:p>{value}</text:p></table:table-cell>"
    if not value:
        return "<table:table-cell/>"
    words = escape(value)
    return (
        f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'
    )


def outcome(seed):
    """What becomes of a layout: `right`, `wrong`, or the names of what it was refused for."""
    layout, name, data, truth = made(seed)
    return layout, *judged(name, data, truth)


def judged(name, data, truth):
    """The same of a file."""
    try:
        ledger = proved(YEAR, read_ledger(data, name, CHART, YEAR.spec.counties))
    except Unreadable as error:
        return error.code, truth, None
    if not ledger.used:
        return "+".join(ledger.doubts), truth, ledger
    return "right" if _same(ledger, truth) else "wrong", truth, ledger


def books(count):
    """The first layouts that are workbooks."""
    found, seed = [], 0
    while len(found) < count:
        one = made(seed)
        found += [one] if one[0]["format"] == "xlsx" else []
        seed += 1
    return found


def _same(ledger: Ledger, truth):
    keys = ledger.booked.keys() | truth.keys()
    return all(ledger.booked.get(key, 0) == truth.get(key, 0) for key in keys)


if __name__ == "__main__":
    count = int(sys.argv[1]) if sys.argv[1:] else 2000
    found = [(seed, *outcome(seed)[:2]) for seed in range(count)]
    for seed, layout, what in found:
        if what == "wrong":
            print(seed, layout)
    print(Counter(what for _, _, what in found))
    sys.exit(any(what == "wrong" for _, _, what in found))
