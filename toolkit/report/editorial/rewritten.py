"""The report's sections as a person has written them in Word: found by name or heading, filled in,
tried against the rest of the report. A section with anything wrong in it stands as the template
says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.report.blocks import Block, Heading, Paragraph, Placeable, Text
from toolkit.report.editorial.filled import Filler, Unfilled
from toolkit.report.editorial.livenumbers import (
    LiveNumbers,
    live_in,
    only_counts,
    repeats_a_number,
    with_numbers,
    without_numbers,
)
from toolkit.report.editorial.manuscript import (
    ManuscriptFault,
    ManuscriptPlace,
    ManuscriptSection,
    Mark,
    Script,
    as_pieces,
    heading_proof,
    marked,
    whole_proof,
)
from toolkit.report.editorial.ownwords import must_be_read, own_words
from toolkit.report.editorial.placement import misplaced
from toolkit.report.editorial.sections import FromWord, Section
from toolkit.report.editorial.written import written_blocks
from toolkit.words.swedish import fold, suggest

_NUMBER = re.compile(r"^\d+(\.\d+)*\.?\s+")
_REFERENCES = "referenser"  # the section whose list items are references
_NEAR = 0.6  # how like a heading of the report a heading must be to be taken for a slip of it


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What a written section is tried with: what fills in its words, what it may place, the word
    that begins a source line (`Källa:`), and the names of those who report."""

    filler: Filler
    placeable: Placeable
    source: str
    names: frozenset[str]


def rewrite(sections: Sequence[Section], script: Script, means: Rewriting) -> list[Section]:
    """The sections, those written in Word in place of the templates'. The script then holds every
    section as it may be written next time, and all faults."""
    script.faults += script.manuscript.faults
    accepted = _all_accepted(sections, script, means)
    whole = _placed([accepted.get(section.name, section) for section in sections], script)
    script.offered += [_offered(section) for section in whole if section.heading]
    return whole


def _all_accepted(
    sections: Sequence[Section], script: Script, means: Rewriting
) -> dict[str, Section]:
    """The written sections that can be used by themselves, by name."""
    named = {section.name: section for section in sections if section.heading}
    accepted: dict[str, Section] = {}
    for name, written in _matched(named, script).items():
        made = _accepted(named[name], written, means, script.faults)
        if made is not None:
            accepted[name] = made
    return accepted


def _placed(sections: list[Section], script: Script) -> list[Section]:
    """The sections without those that the report cannot take in. To take one back may put another
    right or wrong, so each time all are looked over anew."""
    while (found := misplaced(sections)) is not None:
        place, fault = found
        origin = sections[place].origin
        assert isinstance(origin, FromWord)
        sections[place] = origin.replaced
        script.faults.append(fault)
    return sections


def _offered(section: Section) -> ManuscriptSection:
    """A section as a person may begin from it next time. One that is replaced is offered as it was
    written, with the mark of what it replaces now; its numbers are live again."""
    if isinstance(section.origin, FromWord):
        template = _offered(section.origin.replaced)
        return replace(section.origin.written, mark=template.mark, numbered=template.numbered)
    heading = _heading_of(section)
    pieces = tuple(as_pieces(only_counts(section.blocks)))
    mark = marked(heading.name, heading.text, pieces)
    return ManuscriptSection(heading.text, heading.level, pieces, mark, numbered=heading.numbered)


def _heading_of(section: Section) -> Heading:
    """Only what has a heading is offered, or can be found by it."""
    assert section.heading is not None
    return section.heading


def _matched(named: Mapping[str, Section], script: Script) -> dict[str, ManuscriptSection]:
    """The sections that were written, by the name of the one that each is about."""
    found: dict[str, ManuscriptSection] = {}
    for section in script.manuscript.sections:
        name = _name_of(section, named)
        if name is None:
            script.faults.append(_unknown(section, named))
        elif name in found:
            place = ManuscriptPlace(section.heading)
            script.faults.append(ManuscriptFault("TEXTER-DUBBEL", place))
        else:
            # A mark of another section came with its heading when that was copied.
            own = section.mark is not None and section.mark.name == name
            found[name] = section if own else replace(section, mark=None)
    return found


def _unknown(section: ManuscriptSection, named: Mapping[str, Section]) -> ManuscriptFault:
    """What is told of a section that the report does not have: the heading that it is most like."""
    headings = [_heading_of(one).text for one in named.values()]
    near = suggest(section.heading, headings, _NEAR)
    told = (("near", ""), ("why", "texter_inget_nara"))
    if near:
        told = (("near", near), ("why", "texter_narmast"))
    return ManuscriptFault("TEXTER-OKAND", ManuscriptPlace(section.heading), told)


def _name_of(written: ManuscriptSection, named: Mapping[str, Section]) -> str | None:
    """By heading or name as it is written; otherwise by the mark that it was offered with: a
    person may change a heading, and the data may choose another."""
    # The heading wins over the mark: text pasted under another heading belongs there.
    said = _said(written)
    for name, section in named.items():
        if said & _known(section):
            return name
    return written.mark.name if written.mark and written.mark.name in named else None


def _said(written: ManuscriptSection) -> set[str]:
    """A heading with and without a number that was written before it."""
    return {fold(written.heading), fold(_NUMBER.sub("", written.heading))}


def _known(section: Section) -> set[str]:
    return {fold(_heading_of(section).text), fold(section.name)}


def _accepted(
    section: Section, written: ManuscriptSection, means: Rewriting, faults: list[ManuscriptFault]
) -> Section | None:
    """The section filled in; None when it is as it was offered, or cannot be used."""
    faults += written.faults
    template = _offered(section)
    untouched = _is_untouched(written, template.mark)
    spoilt = any(fault.spoils for fault in written.faults)
    if spoilt or (untouched and not _has_own_heading(section, written)):
        return None
    if not written.pieces and section.blocks:
        faults.append(ManuscriptFault("TEXTER-TOM", ManuscriptPlace(written.heading)))
        return None
    outdated = _is_outdated(section, written, means.names)
    now = live_in(template.pieces)
    told = without_numbers(written) if outdated else with_numbers(written, now)
    made = _try_to_fill(section, told, means, faults, untouched=untouched)
    if made and outdated:
        place, changed = ManuscriptPlace(written.heading), _changed(written, now)
        faults.append(ManuscriptFault("TEXTER-ANDRAD", place, changed=changed))
    return made


def _is_outdated(section: Section, written: ManuscriptSection, names: frozenset[str]) -> bool:
    """Whether the data have changed the text that the person replaced: is what they wrote still
    true? Live numbers that have changed alone are printed as they are now, where they all are still
    there and what the person says beside them cannot have become untrue. Of a section without a
    mark nobody knows what it replaced. `names` are theirs who report."""
    template = _offered(section)
    mark, offered = written.mark, template.mark
    if mark is None or offered is None or mark == offered:
        return False
    if (mark.claims, mark.heading) != (offered.claims, offered.heading):
        return True
    now = live_in(template.pieces)
    if now.keys() - live_in(written.pieces).keys() or repeats_a_number(written, now):
        return True
    changed = _changed(written, now)
    own = own_words(written.pieces, template.pieces)
    own += [written.heading] if _has_own_heading(section, written) else []
    return must_be_read(own, changed, names)


def _changed(written: ManuscriptSection, now: LiveNumbers) -> tuple[tuple[str, str], ...]:
    """The live numbers that are others now, as they stand in the section and as they are."""
    kept = live_in(written.pieces)
    return tuple((kept[tag], now[tag]) for tag in now if kept.get(tag, now[tag]) != now[tag])


def _try_to_fill(
    section: Section,
    written: ManuscriptSection,
    means: Rewriting,
    faults: list[ManuscriptFault],
    *,
    untouched: bool,
) -> Section | None:
    try:
        return _filled(section, written, means, untouched=untouched)
    except Unfilled as wrong:
        faults.append(wrong.fault)
        return None


def _is_untouched(written: ManuscriptSection, offered: Mark | None) -> bool:
    """Whether the text is the one that was offered then, or would be offered now."""
    if written.is_as_offered:
        return True
    return offered is not None and offered.whole == whole_proof(written.pieces)


def _has_own_heading(section: Section, written: ManuscriptSection) -> bool:
    """A heading that is neither the report's own, nor the section's name, nor as it was offered."""
    mark = written.mark
    as_offered = mark is not None and mark.heading == heading_proof(written.heading)
    return not (_said(written) & _known(section)) and not as_offered


def _filled(
    section: Section, written: ManuscriptSection, means: Rewriting, *, untouched: bool
) -> Section:
    """The section as it was written. Under a heading of one's own the template's untouched text
    stays. Raises Unfilled."""
    heading = _own_heading(section, written, means.filler)
    if untouched:
        numbered = [(0, block) for block in section.blocks]
    else:
        numbered = list(written_blocks(written, means.filler, means.placeable, means.source))
    if section.name == _REFERENCES:
        numbered = [(number, _as_reference(block)) for number, block in numbered]
    origin = FromWord(written, section, tuple(number for number, _ in numbered))
    return Section(heading, tuple(block for _, block in numbered), origin)


def _own_heading(section: Section, written: ManuscriptSection, filler: Filler) -> Heading:
    """The heading that the person has written; otherwise the one that the data choose."""
    heading = _heading_of(section)
    if not _has_own_heading(section, written):
        return heading
    words = filler.text((Text(written.heading),), ManuscriptPlace(written.heading))
    return replace(heading, text=words)


def _as_reference(block: Block) -> Block:
    if isinstance(block, Paragraph) and block.style == "bullet":
        return replace(block, style="reference")
    return block
