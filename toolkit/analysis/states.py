"""The words for how it stands: a county's table, its return, what it reports apart, and the ways in
which the same money is cut. The values are the words that the texts' keys and the chapters use."""

from __future__ import annotations

from enum import StrEnum

from toolkit.spec.roles import (
    AREA_CODES,
    COST_KINDS,
    ITEMS,
    SPEND_CODE,
    SPEND_ITEM,
    SPEND_KIND,
    FieldRole,
    ListRole,
)


class TableState(StrEnum):
    """What one table of one county is in the merge."""

    MERGED = "merged"
    """A list whose rows are in."""
    FIXED = "fixed"
    """A form, or a table of given rows, that is in: it always has its rows."""
    NIL = "nil"
    """The county has said that it has nothing to report."""
    BLOCKED = "blocked"
    """An error keeps the table out."""
    MISSING = "missing"
    """Nothing was sent, or the file has no such table."""
    UNTREATED = "untreated"
    """The file has come in, and our own code failed on it."""

    @property
    def usable(self) -> bool:
        """Whether the county's rows are known, also when there are none."""
        return self in {TableState.MERGED, TableState.FIXED, TableState.NIL}

    @property
    def has_rows(self) -> bool:
        """Whether the county's rows are in the merge."""
        return self in {TableState.MERGED, TableState.FIXED}


class ReturnState(StrEnum):
    """How one county's return stands."""

    MISSING = "missing"
    UNTREATED = "untreated"
    """It has come in, and our own code failed on it: nothing is asked of the county."""
    ERRORS = "errors"
    QUESTIONS = "questions"
    NIL = "nil"
    CLEAN = "clean"


class Verdict(StrEnum):
    """Whether a county reports an area apart; the worst first: the sheets of ekonomi.xlsx
    are sorted by it."""

    NOT_SENT = "ej_inkommen"
    CONTRADICTED = "motsags"
    """The ledger has nothing on the own code where the workbook has something, or the other way."""
    NOT_JUDGED = "kan_inte_bedomas"
    """A sheet is held back by errors, or an amount is not known."""
    NOT_REPORTED = "ej_redovisat"
    MERGED = "sammanslaget"
    """All of it stands on other codes, together with something else."""
    EXPLAINED = "ej_med_skal"
    """The county says that it does not report the area apart, and why."""
    PARTLY = "delvis"
    """Some of it stands on other codes."""
    APART = "sarredovisat"
    ZERO = "noll"
    """The county says that it has spent nothing, and why."""
    NOT_POSSIBLE = "ej_mojligt"
    """The year had no code for the area yet."""
    UNTREATED = "ej_behandlat"
    """The return has come in, and our own code failed on it: there is nothing for them to do."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return tuple(Verdict).index(self)


class Nature(StrEnum):
    """What an amount is: two things that are never added up. The order is that of the columns."""

    EXPENDITURE = "utgift"
    COST = "kostnad"
    UNSAID = "oklart"
    """The line does not say, or says something else."""
    ALL = "utfall"
    """Every amount of a year that does not tell them apart."""


class Dimension(StrEnum):
    """By what the county's money is cut."""

    CODE = "verksamhetskod"
    KIND = "kostnadsslag"
    POST = "anslagspost"
    COUNTRY = "riket"
    """All counties together; no cut at all."""

    @property
    def codes(self) -> ListRole:
        """The list of the cut's codes. Raises KeyError for the whole country, which has none."""
        lists = {Dimension.CODE: AREA_CODES, Dimension.KIND: COST_KINDS, Dimension.POST: ITEMS}
        return lists[self]

    @property
    def field(self) -> FieldRole:
        """The field of a line of spend that holds its code. Raises KeyError for the whole
        country."""
        fields = {
            Dimension.CODE: SPEND_CODE,
            Dimension.KIND: SPEND_KIND,
            Dimension.POST: SPEND_ITEM,
        }
        return fields[self]


class Side(StrEnum):
    """What the workbook's amounts are compared with."""

    EXTRACT = "utdrag"
    """The ledger extract."""
    STATED = "enligt_lanet"
    """What the county says itself of its ledger or appropriation account; for the whole country,
    the printed spend."""


class NoYearBefore(StrEnum):
    """Why there is nothing of last year to compare with."""

    NOT_SENT = "saknas"
    NO_TEMPLATE = "mall"
    NOT_ASKED = "ej_fragat"
    """That year did not ask for what would be compared."""
