"""What stands in the way when a command is through, and the files that count for nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.analysis.standing import is_shut, named_files
from toolkit.cli.notes import note
from toolkit.cli.sayings import TEXTS, words_of
from toolkit.findings.feedback import held_tables
from toolkit.words.names import told_name
from toolkit.words.periods import format_date
from toolkit.words.swedish import join_and
from toolkit.year.memos import memos_in
from toolkit.year.strays import strays_in
from toolkit.year.vanished import vanished

if TYPE_CHECKING:
    from toolkit.analysis.merge import CountyState, Dataset
    from toolkit.returns.submission import Return
    from toolkit.staff.registers import Arrival
    from toolkit.year.workspace import Workspace

_NAMES = 30  # of those who report that are told by name; of more than that, how many


def tell_closing(space: Workspace, data: Dataset) -> bool:
    """What still stands in the way, in one line each; whether any of it is to be done before all is
    well: a county's errors, a file that gave nothing."""
    tell_files_in_doubt(space, data)
    is_astray = tell_strays(space)
    for verdict, name in _CLOSING.items():
        _tell_counties(data, verdict, name, space)
    left = {state.file_state for state in data.counties}
    is_held = _tell_held(data)
    in_the_way = is_any_lost(space, data) or is_astray
    if not left & {"errors", "untreated"} and not in_the_way and not is_held:
        print(TEXTS("gjort.inga_hinder"))
    return "errors" in left or in_the_way


def tell_in_the_way(space: Workspace, data: Dataset) -> bool:
    """What has to be done before all is well, and the files that count for nobody; who has not sent
    anything yet is not told. Returns whether there is anything to be done."""
    tell_files_in_doubt(space, data)
    tell_strays(space)
    for verdict in ("untreated", "errors"):
        _tell_counties(data, verdict, _CLOSING[verdict], space)
    return _is_in_the_way(space, data)


def tell_missing(space: Workspace, data: Dataset) -> bool:
    """Who has not sent anything; whether there are any."""
    _tell_counties(data, "missing", _CLOSING["missing"], space)
    return any(state.file_state == "missing" for state in data.counties)


def tell_in_the_way_of_years(space: Workspace, several: Sequence[Dataset]) -> bool:
    """The same of those among several years in which there is anything to be done, each under its
    number."""
    found = False
    for data in several:
        own = space.of(data.year.spec.year)
        if _is_in_the_way(own, data):
            print(TEXTS("gjort.ar", year=own.year))
            tell_in_the_way(own, data)
            found = True
    return found


def _is_in_the_way(space: Workspace, data: Dataset) -> bool:
    errors = any(state.file_state == "errors" for state in data.counties)
    return errors or is_any_astray(space) or is_any_lost(space, data)


def tell_strays(space: Workspace) -> bool:
    """The files beside the inputs that nothing reads; whether one of them most likely ought to have
    another name."""
    found = strays_in(space)
    if found:
        print(TEXTS("gjort.vid_sidan", path=space.shown(space.inputs)))
    for one in found:
        note({"not_read": told_name(one.path.name), "meant": one.meant})
        meant = TEXTS("gjort.menade", name=one.meant) if one.meant else ""
        print("  " + TEXTS("gjort.annat_namn", file=told_name(one.path.name), meant=meant).rstrip())
    return is_any_astray(space)


def is_any_astray(space: Workspace) -> bool:
    """Whether a file that nothing reads most likely ought to have another name."""
    return any(one.meant for one in strays_in(space))


def _tell_held(data: Dataset) -> bool:
    """The tables that open questions keep out of the merge; whether there are any."""
    by_county = ((state.name, join_and(held_tables(state.findings))) for state in data.counties)
    held = [f"{name} ({tables})" for name, tables in by_county if tables]
    for one in held:
        note({"held": one})
    if held:
        print(TEXTS("gjort.hallna", held=", ".join(held)))
    return bool(held)


def is_any_lost(space: Workspace, data: Dataset) -> bool:
    """Whether a file lies there that gave nothing, and nobody has decided that it need not; or one
    has come and lies there no longer."""
    is_there = bool(data.unread) or any(map(_is_wrong, data.apart))
    return is_there or bool(vanished(space, data))


def _is_wrong(found: Return) -> bool:
    return found.fault is not None or any(finding.blocks for finding in found.findings)


def tell_files_in_doubt(space: Workspace, data: Dataset) -> None:
    """The files that count for nobody, so that none is lost sight of."""
    tell_vanished(space, vanished(space, data))
    _tell_unread(data)
    _tell_apart(data)
    _tell_set_aside(data)
    _tell_answers(data)
    _tell_several(data)


def tell_vanished(space: Workspace, gone: Sequence[Arrival]) -> bool:
    """The files that have come in and are not there any more; whether there are any."""
    if gone:
        told = {"register": space.shown(space.arrivals), "path": space.shown(space.sent)}
        print(TEXTS("gjort.borta", count=len(gone), **told))
    for one in gone:
        day = format_date(one.day)
        note({"not_merged": one.file, "how": "borta", "arrived": one.day.isoformat()})
        print("  " + TEXTS("gjort.borta_fil", file=told_name(one.file), day=day))
    return bool(gone)


def _tell_unread(data: Dataset) -> None:
    """The files that gave no return, each with why: a county may have sent it, or we cannot open
    it."""
    shut = [found for found in data.unread if is_shut(found)]
    _tell_unread_so("stangda", shut)
    _tell_unread_so("olasta", [found for found in data.unread if found not in shut])


def _tell_unread_so(heading: str, several: Sequence[Return]) -> None:
    if several:
        print(TEXTS(f"gjort.{heading}", count=len(several)))
    for found in several:
        why = found.findings[0].title if found.findings else ""
        note({"not_merged": found.file, "how": heading, "why": why})
        print("  " + TEXTS("gjort.olast", file=found.file, why=why))


def _tell_apart(data: Dataset) -> None:
    """The files that are another year's, or nobody knows whose."""
    wrong = list(filter(_is_wrong, data.apart))
    if wrong:
        print(TEXTS("gjort.undan", count=len(wrong)))
    for found in wrong:
        why = next((one for one in found.findings if one.blocks), found.findings[0]).message
        note({"not_merged": found.file, "how": "undan", "why": why})
        print("  " + TEXTS("gjort.olast", file=found.file, why=why))


def _tell_set_aside(data: Dataset) -> None:
    """The files that do not count by the agency's own decision: it may have been about others."""
    aside = [found for found in data.apart if found.is_set_aside]
    if aside:
        print(TEXTS("gjort.undantagna", count=len(aside), year=data.year.spec.year))
    for found in aside:
        why = found.findings[0].message
        note({"not_merged": found.file, "how": "undantagen", "why": why})
        print("  " + TEXTS("gjort.olast", file=found.file, why=why))


def _tell_answers(data: Dataset) -> None:
    """The files that hold answers alone, which the county's return has taken in."""
    for found in data.apart:
        if found.alone:
            why = next(one.message for one in found.findings if one.code.startswith("FIL-"))
            note({"not_merged": found.file, "how": "svar", "why": why})
            print(TEXTS("gjort.svar", file=found.file, why=why))


def _tell_several(data: Dataset) -> None:
    """Which file counts of each county that has sent several, and what nobody knows."""
    for state in data.counties:
        if state.others or state.doubtful:
            told = {"county": state.code, "counts": state.file, "others": list(state.others)}
            note({**told, "doubtful": list(state.doubtful)})
        if state.doubtful:
            others = join_and(state.doubtful)
            files = {"counts": state.file, "others": others, "year": data.year.spec.year}
            print(TEXTS(f"gjort.{_doubt(state)}", county=state.name, **files))
        elif state.others:
            others = join_and(state.others)
            print(TEXTS("gjort.flera", county=state.name, counts=state.file, others=others))


def _doubt(state: CountyState) -> str:
    """Which text says why nobody knows what counts."""
    if state.after_choice:
        return "oklart_efter"
    return "oklart_delar" if state.halves else "oklart"


_CLOSING = {"untreated": "obehandlade", "missing": "saknas", "errors": "blockerar"}
"""What is told of those whose return stands so, in this order."""


def _tell_counties(data: Dataset, verdict: str, name: str, space: Workspace) -> None:
    """How many they are and their names, if there are any."""
    # Of whom a file lies there that cannot be read, nobody knows that they have not sent any.
    lying = named_files(data.year.spec.counties, data.unread) if verdict == "missing" else {}
    own = (state for state in data.counties if state.file_state == verdict)
    names = [state.name for state in own if state.code not in lying]
    if not names:
        return
    words = words_of(data.year.spec)
    count = f"{len(names)} {words['singular' if len(names) == 1 else 'plural']}"
    if verdict == "errors" and not set(space.returned()) - set(memos_in(space)):
        name = "blockerar_omarkerade"
    told = {"path": space.shown(space.returns), "year": space.year}
    note({"state": verdict, "counties": names})
    print(TEXTS(f"gjort.{name}", count=count, counties=_listed(names), **told))


def _listed(names: Sequence[str]) -> str:
    """The names, but of many only the first.

    >>> _listed(["Kalmar", "Skåne"])
    'Kalmar, Skåne'
    """
    told, rest = ", ".join(names[:_NAMES]), len(names) - _NAMES
    return TEXTS("gjort.fler", names=told, count=rest) if rest > 0 else told
