"""What stands in a row as a chapter sees it: compared as the county's answer (a code, a number, a
day), printed as the report writes it. A chapter may print any of them; Python's own way of
writing a value is never seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import total_ordering

from toolkit.analysis.table import NOT_AVAILABLE, NOTHING
from toolkit.files.errors import LansrapportError
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.faults import meant
from toolkit.spec.marks import SPECIAL_ANSWERS
from toolkit.words.amounts import format_number
from toolkit.words.periods import format_date
from toolkit.words.swedish import join_and

_MOST_DECIMALS = 2  # of what a chapter has reckoned: more say nothing in a sentence
_ORE = 2


class NeverEqual(LansrapportError):
    """An answer is compared with what it can never be: a chapter would say for ever that nobody has
    answered so. `key` names the text of chapters.yaml that says it, `values` what that needs."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


class NoAnswer:
    """An answer that is missing. It is false, smaller and larger than nothing, and what is reckoned
    from it is missing too. It is equal to the same kind of absence, also as it is written (`u.s.`;
    an empty text for a blank)."""

    __slots__ = ("_kind", "_shown", "_written")

    def __init__(self, kind: Missing, written: str = "", shown: str = "") -> None:
        self._kind = kind
        self._written = written
        self._shown = shown or written

    def __str__(self) -> str:
        return self._shown

    def __repr__(self) -> str:
        return self._shown

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NoAnswer):
            return self._kind is other._kind
        return other == self._written

    def __hash__(self) -> int:
        return hash(self._written)

    def _never(self, _: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _never

    def _itself(self, *_: object, **__: object) -> NoAnswer:
        return self

    __neg__ = __pos__ = __abs__ = __round__ = __call__ = __getitem__ = _itself

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __getattr__(self, name: str) -> NoAnswer:
        """The year of a day that is missing is missing."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self


def no_answer(kind: Missing, unknown: str, not_applicable: str) -> NoAnswer:
    """A kind of absence in the year's words; the others as the report's tables print them."""
    if kind is Missing.UNKNOWN:
        return NoAnswer(kind, unknown)
    if kind is Missing.NOT_APPLICABLE:
        return NoAnswer(kind, not_applicable)
    return NoAnswer(kind, shown=NOTHING if kind is Missing.BLANK else NOT_AVAILABLE)


class KnownCode(str):
    """A code itself, for a name or a place. Comparing it with a word that is no code of its list
    raises NeverEqual."""

    __slots__ = ("codelist",)

    codelist: CodeList

    def __new__(cls, code: str, codelist: CodeList) -> KnownCode:
        made = super().__new__(cls, code)
        made.codelist = codelist
        return made

    def __eq__(self, other: object) -> bool:
        if isinstance(other, KnownCode):
            _refuse_apart(self.codelist, other.codelist)
        elif isinstance(other, str):
            _refuse_unknown(other, self.codelist)
        return str.__eq__(self, other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __bool__(self) -> bool:
        """Whether it is answered. Raises NeverEqual for a code of a list with a no: who asks means
        yes, and would be told yes by a no too."""
        no = first_no(self.codelist)
        if no is not None:
            other = another(self.codelist, no)
            raise NeverEqual("ensam_kod_korning", kod=other, nej=no.label, lista=self.codelist.id)
        return True

    __hash__ = str.__hash__


def first_no(codelist: CodeList) -> Code | None:
    """The code of a list that says no, where it has one."""
    return next((one for one in codelist.codes if _says_no(one)), None)


def another(codelist: CodeList, than: Code) -> str:
    """The first code of a list that is another."""
    return next((one for one in codelist.by_code if one != than.code), than.code)


def _says_no(code: Code) -> bool:
    first = code.label.partition(" ")[0]
    return bool({first.casefold(), code.code.casefold()} & _NO)


_NO = {"nej", "ej", "inte", "ingen", "inget", "inga", "icke"}


def _refuse_apart(one: CodeList, other: CodeList) -> None:
    if one.by_code.keys().isdisjoint(other.by_code):
        raise NeverEqual("olika_listor", lista=one.id, andra=other.id)


def _refuse_unknown(word: str, codelist: CodeList) -> None:
    if not word or word in codelist.by_code or word in SPECIAL_ANSWERS.values():
        return
    likely = codelist.named(word)
    if likely is not None:
        raise NeverEqual("kod_namn", kod=word, lista=codelist.id, ratt=likely.code)
    menade = meant(word, codelist.by_code)
    raise NeverEqual("kod_okand", kod=word, lista=codelist.id, menade=menade)


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class CodeAnswer:
    """A code: equal to the code, printed as its label. `place` is its place in the list. `kod` is
    the code itself, for a name or a place. Comparing it with a word that is no code of its list
    raises NeverEqual."""

    kod: KnownCode
    label: str
    place: int = 0

    def __str__(self) -> str:
        return self.label

    def __eq__(self, other: object) -> bool:
        return self.kod == (other.kod if isinstance(other, CodeAnswer) else other)

    def __hash__(self) -> int:
        return hash(self.kod)

    def __lt__(self, other: object) -> bool:
        if isinstance(other, CodeAnswer):
            return (self.place, str(self.kod)) < (other.place, str(other.kod))
        return str(self.kod) < other if isinstance(other, str) else NotImplemented

    def __bool__(self) -> bool:
        return bool(self.kod)

    def __iter__(self) -> Iterator[CodeAnswer]:
        """One answer is one of several: a chapter need not know how many a field can have."""
        return iter((self,))

    def __len__(self) -> int:
        return 1


class SeveralAnswers(tuple[CodeAnswer | str, ...]):
    """Several codes or ids: printed with `och`. Comparing it with a single one raises NeverEqual:
    it would be equal only where nothing else was answered."""

    __slots__ = ()

    def __str__(self) -> str:
        return join_and(map(str, self))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str | CodeAnswer) and other not in _NOTHING_SAID:
            raise NeverEqual("flera", varde=str(getattr(other, "kod", other)))
        if isinstance(other, list):
            raise NeverEqual("flera_lista")
        return tuple(self) == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = tuple.__hash__


class WrittenCodes(str):
    """A text that has been made of codes: their labels, in other letters or with more. It is
    printed. It is never equal to a code, so that comparing it with a word raises NeverEqual."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str) and not isinstance(other, WrittenCodes) and other:
            raise NeverEqual("utskriven")
        return str.__eq__(self, other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __contains__(self, part: object) -> bool:
        raise NeverEqual("utskriven")

    __hash__ = str.__hash__


def told_of(text: str, values: Iterable[object]) -> str:
    """A text that has been made of values, which remembers whether codes were among them."""
    made_of_codes = any(isinstance(one, _CODES) for one in values)
    return WrittenCodes(text) if made_of_codes else text


_CODES = (KnownCode, CodeAnswer, SeveralAnswers, WrittenCodes)
_NOTHING_SAID = ("", *SPECIAL_ANSWERS.values())


class NumberAnswer(Decimal):
    """A number with decimals, or one that a chapter has reckoned, as the report writes numbers.
    `kronor` says that it is an amount, and so are its sums."""

    shown: str
    kronor: bool

    def __new__(
        cls, value: Decimal | float, shown: str = "", *, kronor: bool = False
    ) -> NumberAnswer:
        exact = value if isinstance(value, Decimal) else Decimal(repr(value))
        made = super().__new__(cls, exact)
        made.kronor = kronor
        made.shown = shown or (written_amount(exact) if kronor else written_number(exact))
        return made

    def __str__(self) -> str:
        return self.shown


class AnsweredNumber(NumberAnswer):
    """A number with decimals that has been answered: true, also where it is 0. What a chapter
    reckons from it is a plain number."""

    def __bool__(self) -> bool:
        return True


class CountAnswer(int):
    """A whole number that has been answered, as the report writes numbers: true, also where it is
    0."""

    shown: str

    def __new__(cls, value: int, shown: str = "") -> CountAnswer:
        made = super().__new__(cls, value)
        made.shown = shown or format_number(value)
        return made

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.shown


class DayAnswer(date):
    """A day, as the report writes days."""

    __slots__ = ()

    def __str__(self) -> str:
        return format_date(self)


def written_number(value: Decimal | float, decimals: int = _MOST_DECIMALS) -> str:
    """A number with the decimals that it has, but not more than so many.

    >>> written_number(Decimal("35000.50")), written_number(2.0), written_number(Decimal(1) / 3)
    ('35\\xa0000,5', '2', '0,33')
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        return NOT_AVAILABLE
    whole, _, part = format_number(exact, decimals).partition(",")
    return f"{whole},{part.rstrip('0')}" if part.rstrip("0") else whole


def written_amount(value: Decimal) -> str:
    """An amount: with öre only where there are any, as the report's tables and sentences have it.

    >>> written_amount(Decimal("35000.5")), written_amount(Decimal(35000))
    ('35\\xa0000,50', '35\\xa0000')
    """
    shown = format_number(value, _ORE)
    return shown.removesuffix(",00")


def own_decimals(value: Decimal) -> int:
    """How many digits a number has behind the decimal sign.

    >>> own_decimals(Decimal("1.250")), own_decimals(Decimal("1E+3"))
    (2, 0)
    """
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class AnswerRow:
    """A row of `rader(…)`: its fields by their ids, and where it comes from."""

    __slots__ = ("_answers", "_table")

    def __init__(self, table: str, answers: Mapping[str, object]) -> None:
        self._table = table
        self._answers = answers

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name not in self._answers:
            raise AttributeError(name)
        return self._answers[name]

    def __getitem__(self, name: str) -> object:
        return self._answers[name]


def table_of_row(row: AnswerRow) -> str:
    """The table that a row stands in."""
    return row._table


def fields_of_row(row: AnswerRow) -> list[str]:
    """All that may be asked of a row."""
    return list(row._answers)
