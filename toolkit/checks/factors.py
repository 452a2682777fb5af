"""Which amounts are wrong by a factor, where what the lines come to differs from what is stated
beside them: reasoned from the numbers alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from toolkit.words.amounts import tolerance

FACTORS = (
    Decimal(1000), Decimal("0.001"), Decimal(100), Decimal("0.01"),
    Decimal(10) ** 6, Decimal(10) ** -6, Decimal(-1),
)  # fmt: skip
"""What amounts in thousands, in millions, in öre … are to be multiplied by."""
_FEWEST_SUMS = 2  # sums that agree by chance are not two
_MOST_ROOM = Decimal("0.1")  # of a sum: what rounded figures leave open may not explain anything
_LEAST = 1  # krona that an amount comes to when it has been multiplied
_NEAR = 5  # times the budget, or a fifth of it
_MOST_LINES = 12  # lines of one sum of which every choice is tried
_TURNED = Decimal(-1)


class WrittenLine(NamedTuple):
    """An amount as written, how much of it may have been lost by rounding, and its budget."""

    value: Decimal
    half: Decimal = Decimal(0)
    budget: Decimal | None = None


class StatedSum(NamedTuple):
    """An amount that is stated in a table, and the lines (by number) that it is to agree with.
    `binds`: where it does not, the lines are not right."""

    table: str
    stated: WrittenLine
    lines: frozenset[int]
    binds: bool = True


class FactorRoot(NamedTuple):
    """The lines, or else the sums, that are to be multiplied by a factor. `is_exact`: then all
    agrees to the krona."""

    factor: Decimal
    lines: frozenset[int]
    sums: frozenset[int]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Books:
    """The lines, and the sums that are stated of them."""

    lines: tuple[WrittenLine, ...]
    sums: tuple[StatedSum, ...]

    def gap(self, one: StatedSum) -> Decimal:
        """How much more is stated than the lines come to."""
        return one.stated.value - sum((self.lines[n].value for n in one.lines), Decimal(0))

    def holds(self, one: StatedSum) -> bool:
        """Whether a sum agrees with its lines."""
        return abs(self.gap(one)) <= tolerance(0)

    def mended(self, root: FactorRoot) -> Books:
        """The same when what is wrong has been multiplied."""
        lines = list(self.lines)
        for number in root.lines:
            lines[number] = _times(lines[number], root.factor)
        sums = list(self.sums)
        for number in root.sums:
            sums[number] = sums[number]._replace(stated=_times(sums[number].stated, root.factor))
        return replace(self, lines=tuple(lines), sums=tuple(sums))


def _times(line: WrittenLine, factor: Decimal) -> WrittenLine:
    return line._replace(value=line.value * factor, half=line.half * abs(factor))


# ------------------------------------------------------------------------------ the lines are wrong
def root_of_lines(books: Books) -> FactorRoot | None:
    """The lines that are wrong: all of them, all of some sums, or some lines, whichever is found
    first; None where nothing explains the differences, or more than one thing does."""
    if all(books.holds(one) for one in books.sums if one.binds):
        return None
    for groups in (_all_lines, _whole_sums, _some_lines):
        found = {
            root for factor in FACTORS if (root := _root(books, factor, groups(books, factor)))
        }
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _all_lines(books: Books, factor: Decimal) -> frozenset[int]:
    return _told(books, range(len(books.lines)), factor)


def _told(books: Books, lines: Iterable[int], factor: Decimal) -> frozenset[int]:
    """Those that come to something when they are multiplied: nothing is the same in thousands, and
    lines that stand there once too often come to nothing in millions."""
    values = ((number, books.lines[number].value * factor) for number in lines)
    return frozenset(number for number, value in values if abs(value) >= _LEAST)


def _broken(books: Books) -> list[StatedSum]:
    """The sums of the first table of which some do not agree: each line belongs to one of its
    sums at most."""
    tables = dict.fromkeys(one.table for one in books.sums if one.binds)
    for table in tables:
        found = [one for one in books.sums if one.table == table and not books.holds(one)]
        if found:
            return found
    return []


def _whole_sums(books: Books, factor: Decimal) -> frozenset[int]:
    return _told(books, chain.from_iterable(one.lines for one in _broken(books)), factor)


def _some_lines(books: Books, factor: Decimal) -> frozenset[int]:
    """The lines of each sum that explain its difference, where only these do."""
    chosen: set[int] = set()
    for one in _broken(books):
        found = list(_explaining(books, one, factor))
        if len(found) > 1:
            return frozenset()
        chosen.update(*found)
    return frozenset(chosen)


def _explaining(books: Books, one: StatedSum, factor: Decimal) -> Iterator[frozenset[int]]:
    gap = books.gap(one)
    for lines, value, half in _choices(books, one, factor):
        room = _room(half, factor)
        if abs(value * (factor - 1) - gap) <= tolerance(0) + room <= _most(one):
            yield lines


def _choices(
    books: Books, one: StatedSum, factor: Decimal
) -> Iterator[tuple[frozenset[int], Decimal, Decimal]]:
    """The lines that may be wrong together, with what they come to and may have lost. What is to
    be turned stands with a minus: an expense that is none is no slip of the pen."""
    told = sorted(_told(books, one.lines, factor))
    if factor == _TURNED:
        told = [number for number in told if books.lines[number].value < 0]
    groups = _every(told) if len(told) <= _MOST_LINES else _likely(books, told, factor)
    for group in groups:
        lines = [books.lines[number] for number in group]
        value = sum((line.value for line in lines), Decimal(0))
        yield frozenset(group), value, sum((line.half for line in lines), Decimal(0))


def _every(numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for chosen in range(1, 1 << len(numbers)):
        yield tuple(number for place, number in enumerate(numbers) if chosen >> place & 1)


def _likely(books: Books, numbers: Sequence[int], factor: Decimal) -> Iterator[tuple[int, ...]]:
    """Each by itself, and those whose budgets say so."""
    for number in numbers:
        yield (number,)
    unlike = (number for number in numbers if _is_near_budget(books, [number], factor))
    group = tuple(number for number in unlike if not _is_near_budget(books, [number]))
    if len(group) > 1:
        yield group


def _root(books: Books, factor: Decimal, lines: frozenset[int]) -> FactorRoot | None:
    """The root, if all that is stated of these lines and binds agrees with them once they are
    multiplied, and more than one sum then does that did not."""
    if not lines:
        return None
    mended = books.mended(FactorRoot(factor, lines, frozenset(), is_exact=False))
    touched = [one for one in books.sums if not lines.isdisjoint(one.lines)]
    agree = [one for one in touched if _agrees(mended, one, lines, factor)]
    repaired = [one for one in agree if not books.holds(one)]
    if not repaired or not set(filter(_binds, touched)) <= set(agree):
        return None
    if not _is_borne_out(books, lines, factor, agree, len(repaired)):
        return None
    return FactorRoot(factor, lines, frozenset(), _is_exact(mended, lines, agree))


def _binds(one: StatedSum) -> bool:
    return one.binds


def _is_exact(mended: Books, lines: frozenset[int], agree: Sequence[StatedSum]) -> bool:
    """Whether all that is stated agrees to the krona, and says something of each of the lines."""
    known = frozenset(chain.from_iterable(one.lines for one in agree if one.binds))
    return lines <= known and all(map(mended.holds, agree))


def _is_borne_out(
    books: Books, lines: frozenset[int], factor: Decimal, agree: Iterable[StatedSum], repaired: int
) -> bool:
    """Whether more than one thing says that these lines are wrong: sums that did not agree, or one
    and the budgets. Where a single table says so, budgets may not say otherwise; and too much is
    seldom written: it may be the table that is in thousands."""
    was_near = _is_near_budget(books, lines)
    is_near = _is_near_budget(books, lines, factor)
    is_alone = len({one.table for one in agree}) == 1
    if is_alone and not is_near and (was_near or abs(factor) < 1):
        return False
    return repaired >= _FEWEST_SUMS or (is_near and not was_near)


def _agrees(mended: Books, one: StatedSum, lines: frozenset[int], factor: Decimal) -> bool:
    if factor == _TURNED:
        return mended.holds(one)
    room = sum((mended.lines[number].half for number in lines & one.lines), Decimal(0))
    return abs(mended.gap(one)) <= tolerance(0) + (room if abs(factor) > 1 else 0) <= _most(one)


def _room(half: Decimal, factor: Decimal) -> Decimal:
    return half * factor if factor > 1 else Decimal(0)


def _most(one: StatedSum) -> Decimal:
    return max(tolerance(0), abs(one.stated.value) * _MOST_ROOM)


def _is_near_budget(books: Books, lines: Collection[int], factor: Decimal = Decimal(1)) -> bool:
    """Whether lines with a budget come to about as much as that."""
    known = [books.lines[number] for number in lines if books.lines[number].budget]
    spent = sum((abs(line.value * factor) for line in known), Decimal(0))
    budget = sum((line.budget or Decimal(0) for line in known), Decimal(0))
    return bool(budget) and budget <= spent * _NEAR <= budget * _NEAR**2


# ----------------------------------------------------------------------------- the sums are wrong
def root_of_sums(books: Books, table: str) -> FactorRoot | None:
    """The sums of one table that are wrong in the same way, all that do not agree with their lines,
    where something else says that the lines are right."""
    numbers = [n for n, one in enumerate(books.sums) if one.table == table]
    broken = frozenset(n for n in numbers if not books.holds(books.sums[n]))
    if not broken or not _are_supported(books, table, broken):
        return None
    found = [root for factor in FACTORS if (root := _root_of(books, broken, factor))]
    if len(found) != 1 or (abs(found[0].factor) < 1 and not _have_budgets(books, broken)):
        return None  # what is stated is a thousand times the lines: those may be in thousands
    return found[0]


def _have_budgets(books: Books, sums: Collection[int]) -> bool:
    lines = chain.from_iterable(books.sums[number].lines for number in sums)
    return any(books.lines[line].budget for line in lines)


def _are_supported(books: Books, table: str, broken: Collection[int]) -> bool:
    """Whether the lines of these sums agree with what another table states, or with budgets."""
    lines = frozenset(chain.from_iterable(books.sums[number].lines for number in broken))
    others = [one for one in books.sums if one.table != table and not lines.isdisjoint(one.lines)]
    if _have_budgets(books, broken):
        return _is_near_budget(books, lines)
    return any(map(books.holds, others))


def _root_of(books: Books, broken: frozenset[int], factor: Decimal) -> FactorRoot | None:
    mended = books.mended(FactorRoot(factor, frozenset(), broken, is_exact=False))
    sums = [mended.sums[number] for number in broken]
    if not all(
        _told(books, one.lines, Decimal(1)) and _comes_to(mended, one, factor) for one in sums
    ):
        return None
    return FactorRoot(factor, frozenset(), broken, all(map(mended.holds, sums)))


def _comes_to(mended: Books, one: StatedSum, factor: Decimal) -> bool:
    room = one.stated.half if factor > 1 else Decimal(0)
    return bool(one.stated.value) and abs(mended.gap(one)) <= tolerance(0) + room <= _most(one)
