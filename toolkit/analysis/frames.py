"""Ekonomi as a typed frame, and the sums over it: by county, code, kind and post.

Amounts are whole öre, so that sums are exact; codes are categories; and what stands where no amount
stands has a column of its own, so that no zero is ever put for it. Only the commands that need sums
import this module, and with it pandas.

What is walked by ids (an activity's goal, a goal's situation) and what has decimals of its own
(indicators) is not summed here: plain loops over the records say it more simply.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from toolkit.analysis.records import NOT_ASKED, SpendLine
from toolkit.returns.submission import Missing

COLUMNS = ("county", "code", "kind", "post")
"""The categories of a spend frame: the county's code, verksamhetskod, kostnadsslag, anslagspost."""
_INT64 = 2**63


def spend_frame(lines: Sequence[SpendLine]) -> pd.DataFrame:
    """A row for each line. COLUMNS as categories, with an empty text for a code that is missing;
    `ore` as whole öre, 0 where `absent` (a category: empty, or the value of the Missing) says that
    there is no amount. What the year does not ask for has no column, so that nothing is added up by
    it. Raises NotAskedError in a year without amounts."""
    codes = {}
    for name in COLUMNS:
        values = [getattr(line, name) for line in lines]
        if NOT_ASKED not in values:
            codes[name] = pd.Categorical([_code(value) for value in values])
    absent = [_absence(line) for line in lines]
    return pd.DataFrame({**codes, "ore": _ore_column([ore(line.spent) for line in lines])}).assign(
        absent=pd.Categorical(absent)
    )


def _code(value: str | Missing) -> str:
    return value if isinstance(value, str) else ""


def _absence(line: SpendLine) -> str:
    return line.outcome.value if isinstance(line.outcome, Missing) else ""


def _ore_column(amounts: Sequence[int]) -> pd.Series:
    """Machine integers, as long as no sum of any of the amounts can leave their range: pandas would
    wrap around without a word. Beyond it, Python's own integers."""
    fits = sum(abs(amount) for amount in amounts) < _INT64
    return pd.Series(amounts, dtype="int64" if fits else object)


def ore(amount: Decimal) -> int:
    """Kronor as whole öre. Raises ValueError for an amount that is not whole öre: none is, since
    amounts are read to the öre.

    >>> ore(Decimal("84500.5"))
    8450050
    """
    whole = int(amount * 100)
    if Decimal(whole) != amount * 100:
        raise ValueError(f"{amount} is not in whole öre")
    return whole


def kronor_of(amount: int) -> Decimal:
    """Whole öre as kronor, without decimals where there are none.

    >>> kronor_of(8450050), kronor_of(700)
    (Decimal('84500.5'), Decimal('7'))
    """
    whole, rest = divmod(amount, 100)
    return Decimal(amount) / 100 if rest else Decimal(whole)


def spent_by(frame: pd.DataFrame, *columns: str) -> dict[tuple[str, ...], Decimal]:
    """Kronor by these columns. A group without any amount is not there."""
    known = frame[frame["absent"] == ""]
    # Observed alone (pandas 3 has it so by itself): no zero for codes that never stand together.
    sums = known.groupby(list(columns), observed=True)["ore"].sum()
    # As a frame, an index of one column gives tuples too, as those of several do.
    keys = sums.index.to_frame(index=False).itertuples(index=False, name=None)
    return {key: kronor_of(int(amount)) for key, amount in zip(keys, sums, strict=True)}


def spent(frame: pd.DataFrame) -> Decimal:
    """Kronor in all."""
    # A sum is one of numpy's integers, which Decimal does not take.
    return kronor_of(int(frame["ore"].sum()))


def lines_by(frame: pd.DataFrame, *columns: str) -> dict[tuple[str, ...], int]:
    """How many lines have an amount, by these columns."""
    counts = frame[frame["absent"] == ""].groupby(list(columns), observed=True).size()
    keys = counts.index.to_frame(index=False).itertuples(index=False, name=None)
    return {key: int(count) for key, count in zip(keys, counts, strict=True)}


def in_whole_kronor(frame: pd.DataFrame) -> pd.DataFrame:
    """The lines of the counties that report no öre at all."""
    exact = frame.loc[frame["ore"] % 100 != 0, "county"].unique()
    return frame[~frame["county"].isin(exact)]
