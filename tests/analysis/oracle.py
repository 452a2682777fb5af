"""Sums, differences and verdicts a second time: plain Python over plain rows, written from
docs/sarredovisning.md, README.md and what the issue says, not from the code. It imports nothing of
the toolkit, and knows a year only as lists of mappings.

A county is `{"sent", "blocked", "lines", "answer", "stated", "accounts", "extract"}`; a line is
`{"code", "kind", "post", "violence", "basis", "outcome"}`, where the outcome is a Decimal or a word
(`"u.s."`, `"tomt"`)."""

from decimal import Decimal

OWN_CODE, AREA, GRANT_WORDS = "PM", "PMH", 3
NOTHING = Decimal(0)
POSTS = ("ap.1", "ap.3", "ap.4")


def known(amount):
    return isinstance(amount, Decimal)


def readable(county, sheet):
    return county["sent"] and sheet not in county["blocked"]


def lines_of(county):
    """The lines that count: those of a sheet without errors."""
    return county["lines"] if readable(county, "ekonomi") else []


def summed(lines, *names):
    sums = {}
    for line in lines:
        if known(line["outcome"]):
            key = tuple(line[name] for name in names)
            sums[key] = sums.get(key, NOTHING) + line["outcome"]
    return sums


def booked_on(county, code):
    """What the ledger has on a code, and what roundings may explain of it: the extract, or else what
    the county states; None: nothing is known."""
    _, extract, stated = compared(county, "code", [code])[code]
    if extract is not None:
        return extract, allowed(county, "code", code, None)
    return None if stated is None else (stated, allowed(county, "code", code, stated))


def in_words(reason):
    return len([sign for sign in reason if sign.isalpha()]) >= GRANT_WORDS


def verdict(county):
    """Row by row as docs/sarredovisning.md has them."""
    if not county["sent"]:
        return "ej_inkommen"
    if not readable(county, "ekonomi"):
        return "kan_inte_bedomas"
    own = [line["outcome"] for line in county["lines"] if line["code"] == OWN_CODE]
    other = [
        line["outcome"]
        for line in county["lines"]
        if line["code"] != OWN_CODE and line["violence"] == AREA
    ]
    if "u.s." in own:
        return "kan_inte_bedomas"
    on_own = [amount for amount in own if known(amount) and amount != 0]
    on_other = [amount for amount in other if known(amount) and amount != 0]
    booked = booked_on(county, OWN_CODE)
    if booked is not None and contradicts(*booked, on_own):
        return "motsags"
    if on_other:
        return "delvis" if on_own else "sammanslaget"
    if "u.s." in other:
        return "kan_inte_bedomas"
    if on_own:
        return "sarredovisat"
    return by_the_answer(county)


def contradicts(amount, explained, on_own):
    """Nothing in the ledger and something in the rows together, or something there and no row."""
    if abs(amount - sum(on_own)) <= explained:
        return False
    return abs(amount) <= explained or not on_own


def by_the_answer(county):
    if not readable(county, "sarredovisning"):
        return "kan_inte_bedomas"
    if county["answer"] is None:
        return "ej_redovisat"
    status, reason, stated = county["answer"]
    if status == "SÄR" and is_nought(county, stated):
        return "noll"
    if status in ("NOLL", "EJ") and in_words(reason):
        return {"NOLL": "noll", "EJ": "ej_med_skal"}[status]
    return "ej_redovisat"


def is_nought(county, stated):
    """A nought that is written is a value: beside the answer, or on a line where nothing stands beside it."""
    own = [line["outcome"] for line in county["lines"] if line["code"] == OWN_CODE]
    return stated == 0 if stated != "tomt" else 0 in own


def unknown_on(county, *cut):
    """The keys of a cut that a u.s. makes unknown: such a sum is in nothing, and is compared with
    nothing."""
    lines = lines_of(county)
    return {tuple(line[name] for name in cut) for line in lines if line["outcome"] == "u.s."}


def own_traced_total(county):
    lines = lines_of(county)
    own, traced, total = NOTHING, NOTHING, NOTHING
    for line in lines:
        if known(line["outcome"]):
            total += line["outcome"]
            if line["code"] == OWN_CODE:
                own += line["outcome"]
            elif line["violence"] == AREA:
                traced += line["outcome"]
    return own, traced, total


NATURES = {"U": "utgift", "K": "kostnad"}


def by_nature(county):
    """Own, traced and total of utgift and of kostnad, each for itself and never together; None for
    what a u.s. of that nature makes unknown, and for a county that is not in."""
    if not readable(county, "ekonomi"):
        return dict.fromkeys(NATURES.values(), (None, None, None))
    parts = {"own": [], "traced": [], "total": county["lines"]}
    for line in county["lines"]:
        if line["code"] == OWN_CODE:
            parts["own"].append(line)
        elif line["violence"] == AREA:
            parts["traced"].append(line)
    return {
        name: tuple(of_nature(lines, basis) for lines in parts.values())
        for basis, name in NATURES.items()
    }


def of_nature(lines, basis):
    """A cost that is not known leaves all utgifter known, and the other way round."""
    own = [line["outcome"] for line in lines if line["basis"] == basis]
    if "u.s." in own:
        return None
    return sum(filter(known, own), NOTHING)


def by_code(county, codes):
    """Each code's utgift and kostnad, and the county's; None as above."""
    found = {}
    for basis, name in NATURES.items():
        every = []
        for code in codes:
            lines = [line for line in county["lines"] if line["code"] == code]
            every.append(of_nature(lines, basis))
        whole = None if None in every else sum(every, NOTHING)
        found[name] = (*every, whole)
    if not readable(county, "ekonomi"):
        return {name: (None,) * (len(codes) + 1) for name in found}
    return found


def country(counties, which):
    """All counties' utgift and kostnad, `which` of own (0), traced (1), total (2): of those of
    which it is known."""
    found = {}
    for name in NATURES.values():
        own = [by_nature(county)[name][which] for county in counties]
        found[name] = sum((kr for kr in own if kr is not None), NOTHING)
    return found


def own_in_all(counties):
    """The own code's utgift and kostnad in the country; None where no county tells what it is:
    nothing of one that has not reported, or cannot be judged, is not known to be nothing."""
    found = country(counties, 0)
    return {name: kr if _is_told(counties, name) else None for name, kr in found.items()}


def _is_told(counties, name):
    own = [(one, by_nature(one)[name][0]) for one in counties]
    unsure = {"kan_inte_bedomas", "ej_redovisat", "ej_inkommen"}
    return any(kr is not None and (kr != 0 or verdict(one) not in unsure) for one, kr in own)


def there(counties, which, also=None):
    """The natures that have amounts, also where they come to nought together, in the counties of which `which` is known
    (and `also`, where it is given)."""
    found = set()
    for county in counties:
        for basis, name in NATURES.items():
            sums = by_nature(county)[name]
            if sums[which] is None or (also is not None and sums[also] is None):
                continue
            lines = [line for line in county["lines"] if line["basis"] == basis]
            if which == 0:
                lines = [line for line in lines if line["code"] == OWN_CODE]
            elif which == 1:
                lines = [
                    line for line in lines if line["code"] != OWN_CODE and line["violence"] == AREA
                ]
            found |= (
                {name} if any(known(one["outcome"]) and one["outcome"] for one in lines) else set()
            )
    return found


def printed_shares(counties):
    """What is printed of them: a dash where there is nothing on the own code, and `..` where there is nothing that it
    could be a share of, or nobody tells."""
    found = {}
    for name, share in shares(counties).items():
        own, both = name in there(counties, 0), name in there(counties, 0, also=2)
        if not _is_told(counties, name):
            found[name] = ".."
        elif not own or (not both and name in there(counties, 2, also=0)):
            found[name] = "–"
        else:
            found[name] = ".." if share is None else share
    return found


def shares(counties):
    """The own code's part of the country's utgift, and of its kostnad: of the counties of which both
    are known; None of nothing, and where nobody tells what stands on the own code; a point where
    it is no part of a whole, being less than nothing or more than all."""
    found = {}
    for name in NATURES.values():
        both = [(own, total) for own, _, total in (by_nature(one)[name] for one in counties)
                if own is not None and total is not None]  # fmt: skip
        whole = sum((total for _, total in both), NOTHING)
        is_told = whole and _is_told(counties, name)
        part = sum((own for own, _ in both), NOTHING)
        of_whole = part / whole if is_told and 0 <= part <= whole else "."
        found[name] = of_whole if is_told else None
    return found


def compared(county, cut, codes):
    """Of each code of a cut: what the rows have, the ledger extract, and what the county states
    (of the ledger by code, of the appropriation account by post)."""
    if not readable(county, "ekonomi"):
        return {}
    place = {"code": 0, "kind": 1, "post": 2}[cut]
    reported, extract = summed(county["lines"], cut), {}
    book = county["extract"]
    if cut == "post" and not any(key[place] in POSTS for key in book or {}):
        book = None
    for key, amount in (book or {}).items():
        extract[key[place]] = extract.get(key[place], NOTHING) + amount
    told = {"code": ("huvudbok", "stated"), "post": ("anslag", "accounts")}
    stated = {}
    if cut in told and readable(county, told[cut][0]):
        stated = {code: kr for code, kr in county[told[cut][1]].items() if known(kr)}
    found, unknown = {}, unknown_on(county, cut)
    for code in {*codes, *(key for (key,) in reported), *extract, *stated}:
        if (code,) in unknown:
            continue
        ledger = extract.get(code, NOTHING) if book is not None else None
        found[code] = (reported.get((code,), NOTHING), ledger, stated.get(code))
    return found


def whole(amount):
    return amount == amount.to_integral_value()


def allowed(county, cut, code, against_stated):
    """Half a krona for each row of a county that reports whole kronor only, and for an amount that
    it states in whole kronor; otherwise less than an öre."""
    amounts = [line["outcome"] for line in lines_of(county) if known(line["outcome"])]
    if not amounts or not all(map(whole, amounts)):
        rows = 0
    else:
        own = [line for line in lines_of(county) if line[cut] == code and known(line["outcome"])]
        rows = max(len(own), 1)
    if against_stated is not None and whole(against_stated):
        rows += 1
    return max(rows * Decimal("0.5"), Decimal("0.005"))


def differences(county, cut, codes):
    """The differences that roundings do not explain, without their signs, by code: the first of the
    two sides that is off."""
    found = {}
    for code, (reported, ledger, stated) in compared(county, cut, codes).items():
        for side, amount in (("utdrag", ledger), ("enligt_lanet", stated)):
            off = None if amount is None else abs(amount - reported)
            about = stated if side == "enligt_lanet" else None
            if off is not None and off > allowed(county, cut, code, about):
                found[code] = off
                break
    return found


def gap(county, codes):
    """The largest difference over all cuts; None where nothing was compared."""
    cuts = ("code", "kind", "post")
    sides = [side for cut in cuts for one in compared(county, cut, codes[cut]).values()
             for side in one[1:] if side is not None]  # fmt: skip
    if not sides:
        return None
    off = [kr for cut in cuts for kr in differences(county, cut, codes[cut]).values()]
    return max(off, default=NOTHING)
