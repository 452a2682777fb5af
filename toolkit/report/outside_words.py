"""Whom a sum of kronor leaves out, in the words of a chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.analysis.outside import OutsideSum, count_of, outside_share, outside_sum, said_of
from toolkit.analysis.results import YearResults
from toolkit.findings.texts import Texts
from toolkit.words.swedish import number_word

_PARTS: Mapping[str, tuple[str, ...]] = {
    "egen": ("own",),
    "sparat": ("traced",),
    "totalt": ("total",),
    "andel": ("own", "total"),
}

_SHARE_ALONE = "andel_enbart"


@dataclass(frozen=True)
class OutsideWords:
    """What the chapters say of the counties that are not in a sum."""

    results: YearResults
    texts: Texts

    def told(self, part: str = "egen", efter: str = "", *, kort: bool = False) -> str:
        """All that an amount leaves out, each with its reason: of `egen`, `sparat`, `totalt` or
        `andel`; of `andel_enbart` those that are in the amount on the own code and not in its
        share. Where they are those that have just been named (`efter` another part), that it is
        they; `kort` says only how many. Empty where nobody is left out."""
        found = self._of(part)
        if not found:
            return ""
        if kort:
            every, count = len(self.results.data.counties), count_of(found)
            if count == every:
                return self.texts("utelamnat.alla", all=number_word(every))
            told = {"count": number_word(count), "all": number_word(every)}
            return self.texts("utelamnat.antal", **told)
        if efter and self._of(efter) == found:
            return self.texts("utelamnat.dem")
        key = f"utelamnat.pa_{part}"
        return said_of(found, self.results.names, self.texts, of=self.texts.entries.get(key, ""))

    def _of(self, part: str) -> OutsideSum:
        results = self.results
        told = results.data.counties, results.verdicts, results.natures
        return outside_share(*told) if part == _SHARE_ALONE else outside_sum(*told, *_PARTS[part])
