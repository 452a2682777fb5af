"""Amounts in sentences: what is utgift and what is kostnad are named by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.states import Nature
from toolkit.analysis.sums import added, is_something
from toolkit.findings.texts import Texts
from toolkit.words.amounts import format_kr, format_mnkr, format_percent
from toolkit.words.swedish import join_and

_UNITS: Mapping[str, Callable[[Decimal], str]] = {"kr": format_kr, "mnkr": format_mnkr}
_PARTS = {"egen": "own", "sparat": "traced", "totalt": "total"}


def in_words(
    amounts: Mapping[Nature, Decimal], texts: Texts, show: Callable[[Decimal], str]
) -> str:
    """`2 kr i utgifter och 3 kr i kostnader`; of what is nothing only that it is, and only where
    nothing else is there."""
    told = [
        texts(f"slag.i_{nature}", amount=show(amounts[nature]))
        for nature in Nature
        if is_something(amounts.get(nature))
    ]
    return join_and(told) if told else show(Decimal(0))


@dataclass(frozen=True)
class MoneyWords:
    """What the chapters say of the money of all counties. `part` is `egen` (on the area's own
    code), `sparat` (for the area on other codes) or `totalt`; another raises KeyError."""

    verdicts: Iterable[EarmarkVerdict]
    texts: Texts

    def amounts(self, part: str) -> dict[Nature, Decimal]:
        """Kronor of each nature that has any."""
        found: dict[Nature, Decimal] = {}
        for nature in Nature:
            parts = [getattr(one.of(nature), _PARTS[part]) for one in self._known(part, nature)]
            found[nature] = added(parts)
        return {nature: amount for nature, amount in found.items() if is_something(amount)}

    def _known(self, part: str, nature: Nature) -> list[EarmarkVerdict]:
        """The verdicts of the counties whose part of a nature is known whole, as the table sums
        them."""
        return [one for one in self.verdicts if getattr(one.knows(nature), _PARTS[part])]

    def partly_known(self, part: str) -> list[str]:
        """The codes of the counties that a sum leaves out, for they do not know all amounts of it;
        of `andel` those whose own part is known, and the whole is not."""
        if part == "andel":
            return [one.county for one in self.verdicts if one.known.own and not one.known.share]
        return [one.county for one in self.verdicts if not getattr(one.known, _PARTS[part])]

    def told(self, part: str, unit: str = "mnkr") -> str:
        """The amounts, in `kr` or `mnkr`; empty where there are none."""
        amounts = self.amounts(part)
        return in_words(amounts, self.texts, _UNITS[unit]) if amounts else ""

    def shares(self) -> str:
        """The own code's share of each: `9,3 % av utgifterna och 7,0 % av kostnaderna`."""
        # Like and like: of a county whose own part or whole is not known both are left out.
        told = []
        for nature in Nature:
            known = [one.of(nature) for one in self.verdicts if one.knows(nature).share]
            own, total = added(one.own for one in known), added(one.total for one in known)
            if is_something(own) and 0 < own <= total:
                share = format_percent(own / total)
                told.append(self.texts(f"slag.av_{nature}", share=share))
        return join_and(told)
