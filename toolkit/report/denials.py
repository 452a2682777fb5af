"""That none of those who report has answered so, or that some have not, where what they have
written or counted themselves says otherwise: then what is known is said in its place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from toolkit.report.facts import Counties, Facts
from toolkit.report.inorder import InOrder
from toolkit.report.testimony import Testimony, Witnesses
from toolkit.spec.roles import INDICATOR
from toolkit.words.swedish import capitalise, number_word

FORMS = ("skriver", "raknar", "bada", "kan")
"""What others say: they write of it, they count it, they do both, or what they say may be it."""


@dataclass(frozen=True)
class Denials:
    """What is said in place of a claim that nobody has answered so, and of those who have not."""

    facts: Facts

    def sentence(self, own: Counties, said: str = "") -> str:
        """What is known where none of `own` has answered as was asked, and others say otherwise:
        `Ingen länsstyrelse har ANGETT …, men länsstyrelsen Kalmar nämner det`. Empty where the
        claim can be made."""
        found = Testimony() if own else self._against(own)
        said = self._said(own, said)
        if not (own or self.facts.broad(own)):
            return self._too_few(own, said)
        if not found.every:
            return self._hidden(own, said)
        who = self._widened(own, found.certain or found.possible)
        told = {"none": self.facts.phrase(own), "who": self.facts.phrase(who)}
        form = _form(found._replace(possible=frozenset()) if found.certain else found)
        return capitalise(self.facts.texts(f"oklart.{form}", said=said, **told))

    def _said(self, own: Counties, said: str, among: Collection[str] = frozenset()) -> str:
        """What was asked, in words: that it is of work which goes on or is done where others, or
        those `among` whom it is said of, have answered so of work that is not."""
        texts = self.facts.texts
        aside = self._witnesses.set_aside(own.asked) if own.asked else frozenset[str]()
        apart = bool(aside.intersection(among) if among else aside)
        return f"{said or texts('oklart.angett')}{texts('oklart.i_arbete') if apart else ''}"

    def _too_few(self, own: Counties, said: str) -> str:
        """That so few have answered that nothing is said of all."""
        known, asked = number_word(len(own.base)), number_word(len(self.facts.reported))
        form = "okant" if own.base else "okant_alla"
        return self.facts.texts(f"oklart.{form}", said=said, known=known, asked=asked)

    def _hidden(self, own: Counties, said: str) -> str:
        """That what is withheld may be what was asked; whose it is would tell."""
        if own or not self._hides(own):
            return ""
        return self.facts.texts("oklart.dolt", said=said)

    def _hides(self, own: Counties) -> bool:
        return own.asked is not None and self._witnesses.hides(own.asked)

    def broad(self, *asked: str | Counties) -> bool:
        """Whether so much is known of these tables, and of what some were found by, that a heading
        passes judgement: of more than half, and with nothing withheld that may be of it."""
        hidden = (self._hides(one) for one in asked if isinstance(one, Counties))
        return self.facts.broad(*asked) and not any(hidden)

    @staticmethod
    def unknown(counties: Counties) -> Counties:
        """Those of whom it is not known whether they are among some."""
        return Counties.among(counties.unknown, InOrder((*counties.base, *counties.unknown)))

    def more(self, own: Counties, said: str) -> str:
        """Of a claim that some have answered: that others count it. Empty where nobody else
        does. `said` is what the numbers show: `kampanjer`."""
        others = self._against(own).counted - own if own else frozenset[str]()
        if not others:
            return ""
        who = self.facts.phrase(self._widened(own, others))
        return f" {self.facts.texts('oklart.fler', who=who, said=said)}"

    def undecided(self, own: Counties, said: str = "") -> str:
        """Of a claim that some have answered: that others have not, but write of it or count it, so
        that they are not said to lack it. Empty where there are none such."""
        others = frozenset(own.base - own - self.nothing(own)) if own else frozenset[str]()
        found = self._against(own).among(others)
        if not found.every:
            return ""
        texts, who = self.facts.texts, Counties.among(found.every, own.base)
        told = {"who": self.facts.phrase(who), "said": self._said(own, said, who)}
        return capitalise(texts(f"oklart_utan.{_form(found)}", **told))

    def without(self, counties: Counties, *tables: str) -> Counties:
        """The counties that could have been among these and are not, but for those whose own words
        or numbers speak against it; see `Facts.without`. None where too little is known."""
        if not self.broad(counties):
            return Counties.among((), counties.base)
        left = self.facts.without(counties, *tables)
        return Counties.among(left - self._against(counties).every, left.base)

    def nothing(self, counties: Counties, *tables: str) -> Counties:
        """The counties that could have been among these, are not, and have declared that there is
        nothing to report in one of the tables (of these counties' own, where none is named): with
        those, and those who are said to be `without`, they are all. None where too little is
        known."""
        asked = tables or ((counties.asked[0],) if counties.asked else ())
        if not self.broad(counties):
            return Counties.among((), counties.base)
        none = self.facts.nothing_in(*asked) - counties
        return Counties.among(none, counties.base)

    def at_most(self, counties: Counties) -> Counties:
        """These and those who count it without having answered so: what a heading that says that
        they are few, or none, is chosen by."""
        return self._widened(counties, frozenset(counties) | self._against(counties).counted)

    def _against(self, own: Counties) -> Testimony:
        return self._witnesses.of(own.asked) if own.asked is not None else Testimony()

    def _widened(self, own: Counties, members: frozenset[str]) -> Counties:
        """Some counties among those that could have answered; where they count what they could not
        be asked, since the rows with the answer are withheld, among those that count as well."""
        base = own.base
        if not members <= base:
            known = {*base, *self.facts.base_of(INDICATOR)} - {*own.unknown} | members
            base = InOrder(one for one in self.facts.reported if one in known)
        return Counties.among(members, base)

    @cached_property
    def _witnesses(self) -> Witnesses:
        return Witnesses(self.facts)


def _form(found: Testimony) -> str:
    if found.possible:
        return "kan"
    if found.written and found.counted:
        return "bada"
    return "raknar" if found.counted else "skriver"
