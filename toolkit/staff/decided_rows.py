"""The row that a decision stands on, as a person sees it, beside the hidden key by which it is
known again. Whoever sorts the columns that can be seen, or copies a row's hidden ones to another,
parts the two: nobody can say then which row was meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.analysis.states import Dimension
from toolkit.findings.texts import Texts
from toolkit.words.swedish import fold

ROW_LABELS = {
    "lan": "gemensamt.lan",
    "lansnamn": "gemensamt.lansnamn",
    "indelning": "ekonomi.indelning",
    "kod": "ekonomi.kod",
    "raden": "ekonomi.vilande_rad",
}
"""The columns that say what a row is about, by id, each with the text that heads it."""
_WHOLE_COUNTY = "lan"  # the kind of key that stands for a county's row in the overview
_NO_YEAR = "::"  # what a key begins with that names a row for a person, and none for the program


def row_name(key: str, counties: Mapping[str, str]) -> str:
    """The row of a key for a person: `Västmanland, 801`."""
    parts = key.split(":", 3)[2:]
    return ", ".join(filter(None, [counties.get(parts[0], parts[0]), *parts[1:]])) if parts else key


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What stands in the columns that say what a row is about, by id; without those that the list
    does not have. `counties` are the names of those who report, by code."""

    cells: Mapping[str, str]
    counties: Mapping[str, str]
    texts: Texts

    def is_of(self, key: str) -> bool:
        """Whether the row is the one of a key: nothing in it says that it is another, and something
        that it is this."""
        if "raden" in self.cells:
            named = row_name(key, self.counties)
            return not self.counties or _bare(self.cells["raden"]) == _bare(named)
        _, kind, county, code = (*key.split(":", 3), "", "", "")[:4]
        return self._is_county(county) and self._is_line(kind, code)

    @property
    def key(self) -> str:
        """A key that is no row's, and by which `row_name` says what stands here."""
        said = self.cells.get("raden", "")
        place = [said or self._place, self.cells.get("kod", "")]
        return f"{_NO_YEAR}{':'.join(filter(None, place))}" if any(place) else ""

    @property
    def _place(self) -> str:
        code, name = (self.cells.get(one, "") for one in ("lan", "lansnamn"))
        return " ".join(filter(None, (code, name)))

    def _is_county(self, county: str) -> bool:
        name = self.counties.get(county) if county else self.texts("ekonomi.riket")
        shown = (self._says("lan", _number(county)), self._says("lansnamn", name))
        return False not in shown and True in shown

    def _says(self, column: str, wanted: str | None) -> bool | None:
        """Whether a cell says what is wanted; None where it says nothing, or nobody knows what it
        ought to say."""
        said = self.cells.get(column, "")
        if not said or wanted is None:
            return None
        return fold(_number(said) if column == "lan" else said) == fold(wanted)

    def _is_line(self, kind: str, code: str) -> bool:
        """Whether the row is of this cut and this code; in the overview, where rows have neither,
        of a county's own key."""
        said = {name: self.cells[name] for name in ("indelning", "kod") if name in self.cells}
        if kind == _WHOLE_COUNTY:
            return not any(said.values())
        cut = self.texts.entries.get(f"indelning.{kind}", kind)
        is_cut = fold(said.get("indelning", cut)) == fold(cut)
        return is_cut and self._is_code(said.get("kod", ""), kind, code)

    def _is_code(self, said: str, kind: str, code: str) -> bool:
        """A code stands there with its label, which the agency may have changed since."""
        if not code:
            name = "alla" if kind == Dimension.COUNTRY else "utan_kod"
            return fold(said) == fold(self.texts(f"ekonomi.{name}"))
        return fold(said) == fold(code) or fold(said).startswith(fold(f"{code} –") + " ")


def _bare(name: str) -> str:
    """A row's name without the comma that once stood before a code that is none."""
    return fold(name).strip(", ")


def _number(code: str) -> str:
    """A code without the noughts that Excel takes away."""
    return code.lstrip("0")
