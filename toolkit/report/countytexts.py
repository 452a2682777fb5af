"""What a county has written, in its own report: how the problem looks, its goals, what the work has
led to, and its good examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.analysis.contradictions import concerns
from toolkit.analysis.records import Activity, MergedRow
from toolkit.analysis.states import TableState
from toolkit.report.blocks import Block, Heading, Paragraph, Text
from toolkit.report.countytables import County
from toolkit.report.examples import of_state, state_told
from toolkit.report.wording import Wording, stopped
from toolkit.spec.roles import (
    GOAL,
    GOAL_TEXT,
    GOAL_YEAR,
    SITUATION,
    SITUATION_TEXT,
    YES,
    FieldRole,
    TableRole,
)


def situations(county: County) -> Iterator[Block]:
    """How the problem looks in the county, a point for each thing that it has seen."""
    said = [row.text(SITUATION_TEXT) for row in _rows(county, SITUATION, SITUATION_TEXT)]
    yield from _listed(county, "lagesbild", SITUATION, [one for one in said if _is_told(one)])


def goals(county: County) -> Iterator[Block]:
    """Its goals, with the years in which they are to be reached."""
    rows = _rows(county, GOAL, GOAL_TEXT)
    said = [_dated(county, row) for row in rows if _is_told(row.text(GOAL_TEXT))]
    yield from _listed(county, "mal", GOAL, said)


def _dated(county: County, row: MergedRow) -> str:
    year = row.get(GOAL_YEAR) if row.asks(GOAL_YEAR) else None
    until = county.texts("mal.till_ar", year=year) if isinstance(year, int) else ""
    return stopped(str(row.text(GOAL_TEXT))) + until


def outcomes(county: County) -> Iterator[Block]:
    """What the work on the earmarked area has led to, activity by activity."""
    about = [one for one in county.activities if concerns(county.results.earmark, one)]
    told = [one for one in about if _is_told(one.result) and not _held(county, one, "result")]
    if told:
        yield _heading(county, "resultat")
    yield from (_outcome(county, one) for one in told)


def _outcome(county: County, activity: Activity) -> Paragraph:
    is_named = isinstance(activity.title, str) and not _held(county, activity, "title")
    state = state_told(county.results.data.year.spec, activity.source)
    named = f"{of_state(str(activity.title), state)} " if is_named else ""
    return Paragraph((Text(named, bold=True), Text(stopped(str(activity.result)))))


def examples(county: County) -> Iterator[Block]:
    """The good examples, behind the county's name where they go on from it, else as they stand."""
    year = county.results.data.year
    wording = Wording(year.texts("rapport"))
    for activity in county.activities:
        said = activity.offered_example(year.spec.bound[YES])
        if not said or _held(county, activity, "example"):
            continue
        tail = wording.continued(said)
        name, text = ("fran", tail) if tail else ("citat", wording.quoted(said))
        told = county.texts(f"exempel_{name}", county=county.state.name, text=text)
        state = state_told(year.spec, activity.source)
        yield _plain(county.texts("exempel_lage", text=told, state=state) if state else told)


def _rows(county: County, table: TableRole, text: FieldRole) -> list[MergedRow]:
    """The county's rows of a table, without those whose text would tell a count that is not
    printed."""
    held, field = county.held, county.results.data.year.spec.bound[text]
    rows = [row for row in county.results.data.rows(table) if row.county == county.code]
    return [row for row in rows if not held.told(row, field, str(row.text(text)))]


def _held(county: County, activity: Activity, attribute: str) -> bool:
    """The same of a text of an activity."""
    role, text = Activity.FIELDS[attribute], getattr(activity, attribute)
    field = county.results.data.year.spec.bound[role]
    return bool(county.held.told(activity.source, field, str(text)))


def _is_told(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _listed(county: County, name: str, table: TableRole, said: Sequence[object]) -> Iterator[Block]:
    """A point for each, or why there is none."""
    yield _heading(county, name)
    if not said:
        yield _plain(county.texts(f"saknas.{why_none(county, table)}"))
    for text in said:
        yield Paragraph((Text(stopped(str(text))),), "bullet")


def why_none(county: County, table: TableRole) -> TableState:
    """Why a county's own report has nothing of a table."""
    if county.known(table):
        return TableState.NIL
    state = county.state.state_of(table)
    said = {TableState.BLOCKED, TableState.UNTREATED}
    return state if state in said else TableState.MISSING


def _heading(county: County, name: str) -> Heading:
    return Heading(1, county.texts(f"avsnitt.{name}"), numbered=False)


def _plain(text: str) -> Paragraph:
    return Paragraph((Text(text),))
