"""Of whom it is known whether a claim is true: written from the rule, apart from the chapters and from what they call.

A field that a county was to answer and has not (`u.s.`, blank, or what nobody can read) is *unknown*, never a no. A county is
unknown in a claim where a row of it says yes or nothing in every field that the claim rests on, and nothing in at least one,
while no row of it says yes. `e.t.` is an answer; what is asked only when something else is so (rules in arbetsbok.yaml) is not
unknown where it is not asked."""

from __future__ import annotations

from toolkit.returns.submission import Missing

LAGE, ACT, IND = "lagesbild", "aktiviteter", "indikatorer"
CHAIN = (LAGE, "mal", ACT, IND)
LOST = (Missing.BLANK, Missing.UNKNOWN, Missing.UNREADABLE)


def is_lost(value):
    return value in LOST


def not_asked(row, field):
    """Whether a blank says only that nothing was asked: the result of what is not done, what supports a result that there is not."""
    if field == "resultat":
        return row["status"] != "K" and not is_lost(row["status"])
    if field == "belagg":
        return not isinstance(row["resultat"], str) and (row["resultat"] is Missing.NOT_APPLICABLE or (row["resultat"] is Missing.BLANK and not_asked(row, "resultat")))  # fmt: skip
    return False


def answer(row, field, codes):
    """True, False, or None where it is not known."""
    value = row[field]
    if codes is True:
        if isinstance(value, Missing):
            return None if is_lost(value) and not (value is Missing.BLANK and not_asked(row, field)) else False  # fmt: skip
        return True
    if set(value if isinstance(value, tuple) else [value]) & set(codes.split()):
        return True
    if is_lost(value) and not (value is Missing.BLANK and not_asked(row, field)):
        return None
    return None if says_unknown(row.get("_raw", {}).get(field, ())) else False


def says_unknown(cells):
    """Whether one of several cells says that it is not known, beside answers."""
    parts = (part for cell in cells if isinstance(cell, str) for part in cell.split(";"))
    return any(part.strip().lower() in {"u.s.", "u.s", "us"} for part in parts)


def of_row(row, wanted):
    told = [answer(row, field, codes) for field, codes in wanted.items()]
    return False if False in told else None if None in told else True


def unknown_in(year, table, wanted):
    """The counties of whom nobody knows."""
    told = {}
    for row in year.rows(table):
        if table != IND or year.may_name(row["indikator"]):
            told.setdefault(row["lan"], set()).add(of_row(row, wanted))
    return {lan for lan, found in told.items() if None in found and True not in found}


def base_of(year, table, wanted):
    return year.base(table) - unknown_in(year, table, wanted)


# ------------------------------------------------------------------------------------------------------------- the chain
def steps_of(year, row):
    """Whether an activity has its goal, its situation on the area, goes on or is done, has an indicator and a result: True, False
    or None."""
    lan = row["lan"]
    goals = {one["id"]: one["lagesbild_id"] for one in year.rows("mal") if one["lan"] == lan}
    seen = {one["id"]: one["valdsform"] for one in year.rows(LAGE) if one["lan"] == lan}
    own = [one for one in year.rows(IND) if one["lan"] == lan]
    goal = None if is_lost(row["mal_id"]) else row["mal_id"] in goals
    situation = None
    if goal is not None:
        at = goals.get(row["mal_id"], "")
        form = seen.get(at, "")
        situation = None if is_lost(at) or is_lost(form) else form == "PMH"
    measured = any(one["aktivitet_id"] == row["id"] for one in own)
    if not measured and any(is_lost(one["aktivitet_id"]) and may_be_for(one, row) for one in own):
        measured = None
    underway = answer(row, "status", "PÅ K")
    return goal, situation, underway, measured, answer(row, "resultat", True)


def may_be_for(indicator, row):
    """Whether a number of which it is not said to what activity it belongs may belong to this one: its goal, if told, is the same."""
    told = [one for one in (indicator["mal_id"], row["mal_id"]) if isinstance(one, str)]
    return len(set(told)) < 2


def all_of(steps):
    return False if False in steps else None if None in steps else True


def chains_of(year, *, with_result):
    """For each county the chains of its activities on the area; a chain of one that may be on it is true or unknown as unknown."""
    found = {code: [] for code in year.names}
    for row in year.rows(ACT):
        if row["valdsform"] == "PMH" or is_lost(row["valdsform"]):
            steps = steps_of(year, row)
            whole = all_of(steps if with_result else steps[:4])
            is_open = is_lost(row["valdsform"])
            found[row["lan"]].append((is_open, None if is_open and whole else whole))
    return found


def whole_chains(year):
    """Those with a chain, and those of whom that is known."""
    base = year.base(*CHAIN)
    told = {code: [whole for _, whole in own] for code, own in chains_of(year, with_result=False).items()}  # fmt: skip
    held = {code for code in base if True in told[code]}
    return held, base - {code for code in base if None in told[code] and code not in held}


# ------------------------------------------------------------------------------------- what a heading or a sentence rests on
def hides(year, table, wanted, counting, area_of):
    """Whether a number that is not told may be of the claim: whose it is does not matter."""
    codes = dict(counting)
    if table == IND and isinstance(wanted.get("indikator"), str):
        codes |= dict.fromkeys(wanted["indikator"].split(), True)
    for row in year.rows(IND):
        code = row["indikator"]
        if code in codes and (not year.may_name(code) or (year.hides(row) and isinstance(row["varde"], object) and not isinstance(row["varde"], Missing))):  # fmt: skip
            of = None if codes[code] else area_of(year, row)
            if codes[code] or of in (None, wanted.get("valdsform")):
                return True
    return False
