"""What county boards hand on to each other, counted by hand: a second opinion written from
docs/ekonom.md and not from the code.

A year is made by chance: who has given what to whom, how each has booked it, whose extract is there
and which extracts tell the counterpart. The extracts are written from it; so is what must be said."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal

NAMES = {
    "01": "Stockholms", "12": "Skåne", "14": "Västra Götalands", "18": "Örebro", "24": "Västerbottens",
}  # fmt: skip
NUMBERS = {
    "01": "202100-2247", "12": "202100-2346", "14": "202100-2361", "18": "202100-2403", "24": "202100-2460",
}  # fmt: skip
FORMS = (
    "both",
    "giver",
    "receiver",
    "parts",
    "other_sum",
    "returned",
    "no_counterpart",
    "not_asked",
)


def written_as(draw, county):
    """A county board as a ledger may name it."""
    return draw.choice((
        f"Länsstyrelsen i {NAMES[county]} län", f"LÄNSSTYRELSEN I {NAMES[county].upper()} LÄN",
        f"Lst {NAMES[county].removesuffix('s') if county != '14' else 'Västra Götaland'}", NUMBERS[county],
        NUMBERS[county].replace("-", ""), f"{NUMBERS[county]} {NAMES[county]}",
    ))  # fmt: skip


def made(seed):
    """The extracts by county (csv), and what must be said: by (giver, receiver) what each end shows."""
    draw = random.Random(seed)
    books = {county: [("4110", "PM", "ap.4", ore(draw), "")] for county in NAMES}
    silent = {county for county in NAMES if draw.random() < 0.15}  # no column for the counterpart
    absent = {county for county in NAMES if draw.random() < 0.1} - silent
    given, received = defaultdict(int), defaultdict(int)
    for _ in range(draw.randint(0, 7)):
        giver, receiver = draw.sample(sorted(NAMES), 2)
        _transfer(draw, giver, receiver, books, given, received)
    # Neighbours of the county boards that are none, and what is bought of a county board's name.
    books["12"].append(("7721", "PM", "ap.4", ore(draw), "Region Skåne"))
    books["18"].append(("7731", "PM", "ap.4", ore(draw), "Örebro kommun"))
    books["18"].append(("1930", "", "", ore(draw), written_as(draw, "12")))
    turned = {county for county in NAMES if draw.random() < 0.2}  # costs are below zero in these
    files = {
        county: _csv(draw, rows, told=county not in silent, sign=-1 if county in turned else 1)
        for county, rows in books.items()
        if county not in absent
    }
    return files, turned, _expected(given, received, silent | absent)


def _transfer(draw, giver, receiver, books, given, received):
    form, amount = draw.choice(FORMS), ore(draw)
    code = "X99" if form == "not_asked" else draw.choice(("PM", "801"))
    back = amount if form != "other_sum" else amount + draw.choice((-100, 1, 250_000))
    counts = form != "not_asked"
    if form != "receiver":
        who = "" if form == "no_counterpart" else written_as(draw, receiver)
        parts = _parts(draw, amount) if form == "parts" else [amount]
        books[giver] += [("7711", code, "ap.4", part, who) for part in parts]
        given[giver, receiver] += amount if who and counts else 0
    if form != "giver":
        who = "" if form == "no_counterpart" else written_as(draw, giver)
        account = draw.choice(("3511", "7351", "3131"))
        books[receiver].append((account, code, "bidrag", -back, who))
        received[giver, receiver] += back if who and counts else 0
    if form == "returned":  # half of it goes back: both take back what they booked
        half = amount // 2
        books[giver].append(("7711", code, "ap.4", -half, written_as(draw, receiver)))
        books[receiver].append(("3511", code, "bidrag", half, written_as(draw, giver)))
        given[giver, receiver] -= half
        received[giver, receiver] -= half


def _parts(draw, amount):
    first = draw.randrange(1, amount)
    return [first, amount - first]


def ore(draw):
    """Some amount in öre."""
    return draw.randrange(2, 90_000_000)


def _csv(draw, rows, *, told, sign):
    """An extract, in any order of rows and over the whole year; some with the columns in another
    order."""
    heads = ["Konto", "Verksamhetskod", "Anslagspost", "Belopp", "Datum"] + ["Motpart"] * told
    draw.shuffle(rows)
    lines = []
    for account, code, post, amount, who in rows:
        minus = "-" if amount * sign < 0 else ""
        kr = f"{minus}{abs(amount) // 100},{abs(amount) % 100:02d}"
        day = f"2020-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        lines.append([account, code, post, kr, day] + [who] * told)
    places = list(range(len(heads)))
    draw.shuffle(places)
    return "\n".join(";".join(line[at] for at in places) for line in [heads, *lines])


def _expected(given, received, unheard):
    """By pair: what the giver's extract shows and the receiver's (None: it cannot tell), what is
    counted once, and what must be told."""
    found = {}
    for pair in sorted({*given, *received}):
        out = None if pair[0] in unheard else Decimal(given[pair]).scaleb(-2)
        into = None if pair[1] in unheard else Decimal(received[pair]).scaleb(-2)
        if not out and not into:
            continue
        once, state = Decimal(0), "oklart"
        if out is not None and into is not None:
            if out * into > 0:
                once = min(out, into, key=abs)
            state = "lika" if out == into else "olika"
            if not into:
                state = "bara_givare"
            if not out:
                state = "bara_mottagare"
        found[pair] = (out, into, once, state)
    return found
