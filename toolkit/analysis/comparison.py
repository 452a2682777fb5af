"""What can only be said of a file in company: beside the county's own of the year before, and other
counties'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from itertools import chain

from toolkit.analysis.merge import CountyState, answers_beside, county_of, county_states
from toolkit.analysis.precedence import claimed_by, is_disputed
from toolkit.checks.answers import answered
from toolkit.checks.duplicates import Neighbourhood, neighbour, neighbourhood
from toolkit.checks.run import BESIDE_OTHERS, BESIDE_PAST, check_further, checks_of
from toolkit.checks.trends import Past
from toolkit.findings.feedback import REPLACED, UNDECIDED
from toolkit.findings.finding import Finding, in_order
from toolkit.returns.submission import Return
from toolkit.returns.trail import descends
from toolkit.spec.load import Year
from toolkit.words.swedish import join_and


def in_company(
    year: Year,
    returns: Sequence[Return],
    past: Mapping[str, Past],
    set_aside: Sequence[Return] = (),
    sparing: Callable[[str], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> list[Return]:
    """The returns of one year, each with what the others, and `past` (last year's, by county), have
    to say of it. Of files that the agency has set aside nothing counts but what the county has
    answered there: as long as its figures are the same, it is not asked again. What is done with
    each file is done within `sparing`; where that ends it, the file stays as it was."""
    own = [found for found in returns if _is_of(year, found)]
    states = county_states(year, own)
    several = {state.code: state for state in states if state.others}
    others = _neighbours(states)
    told, company = list(returns), _Company(own, states, set_aside)
    alone = set(map(id, answers_beside(states, own)))
    for place, found in enumerate(returns):
        with sparing(found.file):
            if id(found) in alone:
                told[place] = _taken_in(year, found, states)
            elif _is_of(year, found):
                known = _with_earlier_answers(year, found, company)
                beside = _beside_others(year, known, others, past)
                told[place] = _among(_beside_its_like(year, beside, several), company)
            else:
                told[place] = _of_another_year(year, found)
    return told


class _Company:
    """The files of a year, found by county: what is looked for among all of them for each takes
    its time by the square of their number."""

    def __init__(
        self, own: Sequence[Return], states: Iterable[CountyState], set_aside: Sequence[Return]
    ) -> None:
        self.own, self.set_aside = own, set_aside
        self.alone = [one for one in own if one.alone]
        self._counting = {id(state.counts): state for state in states if state.counts is not None}
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(own):
            for code in claimed_by(one):
                self._places[code].append(place)

    def state_of(self, found: Return) -> CountyState | None:
        """The county whose file that counts it is."""
        return self._counting.get(id(found))

    def of_counties(self, codes: Iterable[str]) -> list[Return]:
        """The files of some counties, each once, in the order in which all stand."""
        places = set(chain.from_iterable(self._places.get(code, ()) for code in codes))
        return [self.own[place] for place in sorted(places)]


def _with_earlier_answers(year: Year, found: Return, company: _Company) -> Return:
    """The file that counts of a county, with what the county has answered in its other files: an
    answer follows the county, also into a file that has no room for answers."""
    state = company.state_of(found)
    if state is None or found.submission is None:
        return found
    beside = answers_beside([state], company.alone)
    later = list(filter(partial(_is_later, found), beside))
    mine = company.of_counties([state.code])
    before = (one for one in mine if one.file in state.others)
    # What is answered in the file that counts goes before what stands in the others.
    of_county = filter(partial(_is_of_county, state.code), company.set_aside)
    first = {**_answers_in(beside), **_answers_in(of_county)}
    known = {**first, **_answers_in(before), **found.submission.explanations}
    return _answered_anew(year, found, {**known, **_answers_in(later)})


def _taken_in(year: Year, found: Return, states: Iterable[CountyState]) -> Return:
    """A file with answers alone, told what has become of them instead of that they are alone."""
    alone = found.alone
    if alone is None:
        return found
    state = next(one for one in states if one.code == alone.trail.county)
    yes = year.catalogue.word("svar_ja") if alone.yes else ""
    told = {"count": len(alone.answers), "file": state.file, "yes": yes}
    said = year.catalogue.finding("FIL-SVAR-LAST", told, county=state.code, file=found.file)
    rest = (one for one in found.findings if one.code != "FIL-BARA-SVAR")
    return replace(found, findings=tuple(in_order([said, *rest])))


def _is_of_county(county: str, found: Return) -> bool:
    return found.submission is not None and found.submission.county == county


def _is_later(found: Return, alone: Return) -> bool:
    """Whether answers were written on what was made from a file."""
    sent = found.submission.trail if found.submission else None
    return alone.alone is not None and descends(alone.alone.trail, found.sha256, sent)


def _answers_in(files: Iterable[Return]) -> dict[str, str]:
    """All answers in some files; of two to the same question the last one's."""
    given: dict[str, str] = {}
    for one in files:
        given |= one.submission.explanations if one.submission else {}
        given |= one.alone.answers if one.alone else {}
    return given


def _answered_anew(year: Year, found: Return, known: Mapping[str, str]) -> Return:
    """A return with all that is known to be answered; where nothing is new, as it was."""
    sent = found.submission
    if sent is None or known == sent.explanations:
        return found
    # Its own answers were laid on its questions before; a later one may stand in their place.
    asked = [one if one in sent.carried else one.with_answer(None) for one in found.findings]
    sent = replace(sent, explanations=known)
    findings = tuple(in_order(answered(year.spec, asked, sent)))
    return replace(found, submission=sent, findings=findings)


def past_of(year: Year, returns: Sequence[Return]) -> dict[str, Past]:
    """By county what counts of a year's returns, for the year after: the tables that were merged,
    and no other."""
    own = [one for one in returns if _is_of(year, one)]
    found = {}
    for state in county_states(year, own):
        if state.submission:
            tables = state.submission.tables
            usable = {name: data for name, data in tables.items() if state.tables[name].usable}
            found[state.code] = Past(year.spec, replace(state.submission, tables=usable))
    return found


def _is_of(year: Year, found: Return) -> bool:
    return found.may_be_of(year.spec.year)


def _of_another_year(year: Year, found: Return) -> Return:
    """A file among those of another year: that is all that is said of it."""
    if found.fault is not None:
        return found  # that our own code failed is not to be hidden behind it
    told = {"stated": found.year, "year": year.spec.year}
    wrong = year.catalogue.finding("FIL-ANNAT-AR", told, county=county_of(found), file=found.file)
    return replace(found, findings=(wrong,))


def _neighbours(states: Iterable[CountyState]) -> Neighbourhood:
    """By county the return that counts, as the other counties' are compared with it."""
    returns = {}
    for state in states:
        if state.submission and state.counts and not is_disputed(state.counts):
            returns[state.code] = neighbour(state.name, state.submission)
    return neighbourhood(returns)


def _beside_others(
    year: Year, found: Return, others: Neighbourhood, past: Mapping[str, Past]
) -> Return:
    checks = [partial(one.run, others=others) for one in checks_of(year.spec, BESIDE_OTHERS)]
    before = past.get(county_of(found) or "")
    if before is not None:
        beside = checks_of(year.spec, BESIDE_PAST)
        checks += [partial(one.run, past=before) for one in beside]
    return check_further(year.spec, year.catalogue, found, *checks)


def _said_of_several(year: Year, state: CountyState) -> Mapping[str, object]:
    """What is told of a county's several files: which counts, and why."""
    others = join_and(state.others)
    return {"counts": state.file, "why": year.catalogue.word(_why(state)), "others": others}


def _why(state: CountyState) -> str:
    if state.by_descent:
        return "dubbel_led"
    if state.by_choice:
        return "dubbel_beslut"
    return "dubbel_samma" if state.same_day else "dubbel_senast"


def _why_asked(state: CountyState) -> str:
    if state.after_choice:
        return "vilken_efter"
    return "vilken_delar" if state.halves else "vilken_dag"


def _beside_its_like(year: Year, found: Return, several: Mapping[str, CountyState]) -> Return:
    """What is said where a county has sent more than one file: which counts, or that nobody knows
    which should."""
    more: list[Finding] = []
    if is_disputed(found):
        return found
    for code in sorted(claimed_by(found) & several.keys()):
        state = several[code]
        place = {"county": code, "file": found.file}
        if state.doubtful and found.file != state.file and found.file not in state.doubtful:
            continue
        if state.doubtful:
            why = year.catalogue.word(_why_asked(state))
            named = join_and([state.file, *state.doubtful])
            told = {"counts": state.file, "why": why, "named": named}
            more.append(year.catalogue.finding(UNDECIDED, told, **place))
        else:
            known = _said_of_several(year, state)
            more.append(year.catalogue.finding(REPLACED, known, **place))
    return _with(found, *more) if more else found


def _among(found: Return, company: _Company) -> Return:
    """A return that knows the other files of its county: what is made from it comes after them."""
    others = (one.sha256 for one in company.of_counties(claimed_by(found)))
    return replace(found, beside=tuple(print_ for print_ in others if print_ != found.sha256))


def _with(found: Return, *more: Finding) -> Return:
    return replace(found, findings=tuple(in_order([*found.findings, *more])))
