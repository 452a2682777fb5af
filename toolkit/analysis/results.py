"""A year's results: what the report, the memos and the finance officer's workbook are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from toolkit.analysis.appropriations import Series
from toolkit.analysis.counts import by_county as counted
from toolkit.analysis.counts import values_of
from toolkit.analysis.decisions import Resting, Standing, Subject, line_subject, verdict_subject
from toolkit.analysis.earmarks import EarmarkVerdict, by_county, earmark_verdicts, undecided
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.natures import natures_of
from toolkit.analysis.printed import PrintedIndicator, SecrecyState
from toolkit.analysis.reconcile import Reconciliation
from toolkit.analysis.records import SpendLine
from toolkit.analysis.secrecy import PRINTED, Pattern, drawn, plan, stand_by
from toolkit.analysis.states import Nature, NoYearBefore
from toolkit.ledger.entries import Ledger
from toolkit.spec.codelists import Code
from toolkit.spec.model import Earmark
from toolkit.spec.roles import INDICATORS


@dataclass(frozen=True)
class YearResults:
    """What is known of a year. `verdicts` are on the report's own area, one for each county.

    `lines` are the money by verksamhetskod, `parts` the same money by kostnadsslag, anslagspost and
    for the whole country; both are empty where no finance check was made. `ledgers` are the
    extracts by county, `standings` the finance officer's decisions so far by key, `resting` those
    that stand beside no row of today, and `decided_from` the mark of the file that they stand in.
    `places` says where a file from outside lies, as seen from the workbook. `before` is last year's
    data, or why there is none. `secrecy` is what has to be known of earlier reports for counts to
    be hidden, and `counted_anew` the indicators that last year counted otherwise."""

    data: Dataset
    verdicts: Sequence[EarmarkVerdict]
    series: Series
    lines: Sequence[Reconciliation] = ()
    parts: Sequence[Reconciliation] = ()
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    resting: Sequence[Resting] = ()
    decided_from: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    before: Dataset | NoYearBefore = NoYearBefore.NOT_SENT
    secrecy: SecrecyState = field(default_factory=SecrecyState)
    counted_anew: frozenset[str] = frozenset()

    @property
    def year(self) -> int:
        """The year of the returns."""
        return self.data.year.spec.year

    @cached_property
    def states(self) -> dict[str, CountyState]:
        """The counties by code."""
        return {state.code: state for state in self.data.counties}

    @cached_property
    def names(self) -> dict[str, str]:
        """The counties' names by code."""
        return {state.code: state.name for state in self.data.counties}

    @property
    def earmark(self) -> Earmark:
        """The area that the report is about. Raises IndexError where the year has none."""
        return self.data.year.spec.earmark

    @cached_property
    def undecided(self) -> frozenset[str]:
        """The counties of which it is not known how they report the area."""
        return undecided(self.data, self.verdicts)

    @cached_property
    def areas(self) -> list[tuple[Earmark, Sequence[EarmarkVerdict]]]:
        """All that must be reported apart, each area with a verdict for every county; the report's
        own area first; nothing where none can be judged."""
        if not self.verdicts:
            return []
        first = self.earmark
        others = [area for area in self.data.year.spec.earmarks if area is not first]
        found: list[tuple[Earmark, Sequence[EarmarkVerdict]]] = [(first, self.verdicts)]
        found += [(other, earmark_verdicts(self.data, other, self.lines)) for other in others]
        return found

    @cached_property
    def natures(self) -> tuple[Nature, ...]:
        """What amounts are told of: utgift and kostnad by themselves."""
        return natures_of(self.data.year.spec, self.data.spend)

    @cached_property
    def spend(self) -> dict[str, list[SpendLine]]:
        """The lines of Ekonomi by county."""
        return by_county(self.data.spend)

    @cached_property
    def first_rows(self) -> dict[str, int]:
        """How far down each county's lines of Ekonomi begin."""
        found: dict[str, int] = {}
        for number, line in enumerate(self.data.spend):
            found.setdefault(line.county, number)
        return found

    @cached_property
    def off(self) -> list[Reconciliation]:
        """The codes that do not tie."""
        return [line for line in self.lines if not line.ties]

    @cached_property
    def all_off(self) -> list[Reconciliation]:
        """All that does not tie, the codes first."""
        return [*self.off, *(line for line in self.parts if not line.ties)]

    @cached_property
    def off_by_county(self) -> dict[str, list[Reconciliation]]:
        """The same of each county that has any; the whole country's under an empty code."""
        found: dict[str, list[Reconciliation]] = {}
        for line in self.all_off:
            found.setdefault(line.county, []).append(line)
        return found

    @cached_property
    def _compared(self) -> frozenset[str]:
        return frozenset(one.county for one in (*self.lines, *self.parts) if one.compared)

    def gap(self, county: str) -> Decimal | None:
        """The largest difference of a county over all cuts, without its sign; None where nothing
        was compared."""
        if county not in self._compared:
            return None
        return max(self.gaps(county), default=Decimal(0))

    def gaps(self, county: str) -> list[Decimal]:
        """All of a county's differences, without their signs."""
        return [abs(one.difference) for one in self.off_by_county.get(county, ())]

    def need(self, verdict: EarmarkVerdict) -> tuple[int, Decimal, int, str]:
        """The worst first: by verdict, then by how much does not tie, then by questions left."""
        gap = self.gap(verdict.county) or Decimal(0)
        questions = self.states[verdict.county].questions
        # By the code at last, so that two runs give the same order.
        return verdict.verdict.rank, -gap, -questions, verdict.county

    def standing(self, subject: Subject) -> Standing | None:
        """The decision on a row, if any."""
        return self.standings.get(subject.key)

    def subjects(self) -> list[Subject]:
        """Every row that can be decided on."""
        overview = [
            verdict_subject(self.year, verdict, self.natures, self.gaps(verdict.county))
            for verdict in self.verdicts
        ]
        return [*overview, *(line_subject(self.year, line) for line in self.all_off)]

    def hides_low(self, code: Code) -> bool:
        """Whether low counts of an indicator are hidden: it counts persons, or did so when an
        edition of this year's report was printed, for what was hidden there stays hidden."""
        return code.as_indicator.counts_persons or code.code in (self.secrecy.edition or {})

    def pattern(self, code: Code) -> Pattern:
        """What is printed of an indicator's counts this year."""
        if not self.hides_low(code):
            return PRINTED
        if code.code not in self._patterns:
            self._patterns[code.code] = self._plan(code)
        return self._patterns[code.code]

    @cached_property
    def _patterns(self) -> dict[str, Pattern]:
        return {}

    def counts(self, code: Code) -> Mapping[str, Decimal]:
        """This year's number of an indicator for each county that has one."""
        own = values_of(self.data.indicators, code.code, self.data.year.spec)
        return counted(code, own, lambda one: one.value)

    def _plan(self, code: Code) -> Pattern:
        values, least = self.counts(code), self.data.year.spec.limits.secrecy_minimum
        # Another pattern in a new edition would tell by what differs between the two.
        earlier = (self.secrecy.edition or {}).get(code.code)
        if earlier is not None:
            return stand_by(earlier, values, least)
        about = (str(self.year), code.code)
        return plan(values, least, lambda name: drawn(self.secrecy.key, *about, name))

    def shows_before(self, code: Code, county: str, value: Decimal) -> bool:
        """Whether last year's number may stand beside this year's: where it was counted alike, and
        of persons where last year's report printed it."""
        if code.code in self.counted_anew:
            return False
        before = self.secrecy.before or {}
        if code.code not in before and not code.as_indicator.counts_persons:
            return True
        return before.get(code.code, PrintedIndicator()).shown.get(county) == value

    @property
    def person_codes(self) -> list[Code]:
        """The year's indicators that count persons; none in a year without indicators."""
        spec = self.data.year.spec
        if not spec.bound.has(INDICATORS):
            return []
        codes = spec.list_of(INDICATORS).valid_in(self.year)
        return [code for code in codes if self.hides_low(code)]

    def printed_record(self) -> dict[str, PrintedIndicator]:
        """What the report prints of each indicator that counts persons."""
        return {code.code: self._printed(code) for code in self.person_codes}

    def _printed(self, code: Code) -> PrintedIndicator:
        values, pattern = self.counts(code), self.pattern(code)
        shown = {name: value for name, value in values.items() if pattern.shows(name)}
        hidden = {name: value for name, value in values.items() if name not in shown}
        return PrintedIndicator(shown, hidden, pattern.withheld)
