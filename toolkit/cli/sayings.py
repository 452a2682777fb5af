"""What the terminal says: of findings, of what has been made, of a command that is not understood.
All its words stand in terminal.yaml."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.analysis.needs import asks_for_money
from toolkit.cli.notes import note
from toolkit.files.atomic import newest_of
from toolkit.findings.feedback import said, tell
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts, read_texts
from toolkit.words.swedish import genitive, join_and
from toolkit.year.workspace import Workspace, year_of

if TYPE_CHECKING:
    from toolkit.returns.carryover import Left
    from toolkit.returns.submission import Return
    from toolkit.spec.advice import Advice
    from toolkit.spec.differences import Difference
    from toolkit.spec.model import Spec
    from toolkit.word.audit.template import Lack
    from toolkit.year.inputs import Checked, Inputs
    from toolkit.year.run import YearRun
    from toolkit.year.submissions import CheckedYear


def terminal_texts() -> Texts:
    """What the command line says: the one catalogue that must be there without any working
    folder."""
    source = files("toolkit.cli").joinpath("terminal.yaml")
    return read_texts(source.read_text(encoding="utf-8"), "terminal.yaml")


TEXTS = terminal_texts()
WIDTH = 180  # of a table that is not printed on a terminal but into a file
_FOUND = TEXTS.part("fynd")


Words = Mapping[str, str]
"""What those who report are called in a year, by inflection."""


def words_of(spec: Spec) -> Words:
    """What those who report are called in a year: `län`, `länet`, `länen`, and `länets` as
    `definite_genitive`."""
    own = spec.respondent
    words = own.model_dump() if own else dict(TEXTS.part("svarande").entries)
    return words | {f"{name}_genitive": genitive(word) for name, word in words.items()}


def tell_files(checked: Sequence[Checked], words: Words, *, as_json: bool) -> None:
    """The findings of each file, as text or as one JSON object a line."""
    for item in checked:
        if as_json:
            tell_json(item.found.findings)
        else:
            _tell_file(item.found, words)


def _tell_file(found: Return, words: Words) -> None:
    county = found.submission.county if found.submission else words["unknown"]
    print(TEXTS("fynd.fil", file=found.file, county=county))
    tell_findings(found.findings)
    if not found.findings:
        print(TEXTS("fynd.inget"))


def tell_returned(checked: CheckedYear) -> None:
    """Where the marked copies are, and whose year nobody knows: neither the file nor its folder
    says it."""
    space = checked.space
    for item in checked.files:
        if item.found.submission is None and year_of(item.path) is None:
            print(TEXTS("gjort.ar_okant", file=item.found.file, year=space.year))
    folder = space.shown(space.returns)
    print(TEXTS("gjort.returer", count=len(checked.written), path=folder))


def tell_json(findings: Sequence[Finding]) -> None:
    """One JSON object a line."""
    for finding in findings:
        print(json.dumps(finding.as_json(), ensure_ascii=False))


@contextmanager
def silence() -> Iterator[None]:
    """Nothing is printed but what stands in the way, which goes to stderr."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        yield


def tell_findings(findings: Sequence[Finding]) -> bool:
    """All findings, in the words of the marked file and the e-mail. Returns whether any of them
    blocks."""
    for finding in findings:
        note(finding.as_json())
    for line in (tell(finding, _FOUND) for finding in findings):
        place = " ".join(filter(None, (line.sheet, line.cell)))
        print(_FOUND("rad", severity=line.kind, place=place, cause=line.cause, code=line.code))
        for text in said(line, _FOUND):
            print(_FOUND("text", text=text))
    return any(finding.blocks for finding in findings)


def tell_template(name: str, lacks: Sequence[Lack]) -> None:
    """What the Word template lacks."""
    print(TEXTS("mall.rubrik" if lacks else "mall.inget", path=name))
    for lack in lacks:
        text = TEXTS(f"mall.{lack.rule}", name=lack.name)
        note({"lack": lack.rule, "name": lack.name, "text": text})
        print(TEXTS("mall.rad", text=text))


def tell_advice(year: int, found: Sequence[Advice], words: Words, *, every: bool = True) -> bool:
    """What is worth a look in a year's templates; whether any of it should be mended. Of what the
    year leaves out `every` line, or only how much there is: a collection of its own leaves out most
    of what the program knows, and knows it."""
    for one in found:
        _note_advice(one, words)
    wrong = [one for one in found if one.wrong]
    beside = [one for one in found if not one.wrong and one.kind not in _APART.values()]
    _tell_wrong(year, wrong, words)
    _tell_maybe_meant(year, found, words)
    if every:
        _tell_under("utelamnat", year, beside, words)
    elif beside:
        _tell_how_much(year, beside)
    if not wrong:
        print(TEXTS("granska.inget", year=year))
    return bool(wrong)


def _note_advice(one: Advice, words: Words) -> None:
    known = {"advice": one.kind, "wrong": one.wrong, "stops": one.stops}
    note({**known, "text": _advised(one, words), "parts": dict(one.parts)})


def _advised(one: Advice, words: Words) -> str:
    return TEXTS(f"granska.{one.kind}", **words, **dict(one.parts)).strip()


_APART = {"omskrivna": "text_visar", "olika": "omslag", "olasta": "fil_olast"}
"""Headings of what may be meant, each with the kind that stands below it."""


def _tell_maybe_meant(year: int, found: Sequence[Advice], words: Words) -> None:
    for heading, kind in _APART.items():
        own = [one for one in found if one.kind == kind and not one.wrong]
        _tell_under(heading, year, own, words)


def _tell_wrong(year: int, wrong: Sequence[Advice], words: Words) -> None:
    """What stops a command, what should be mended, and below it what is to be decided."""
    stopping = [one for one in wrong if one.stops]
    undecided = [one for one in wrong if one.kind.startswith("att_")]
    other = [one for one in wrong if one not in stopping and one not in undecided]
    _tell_under("hindrar", year, stopping, words)
    _tell_under("rubrik", year, other, words)
    _tell_under("att_besluta", year, undecided, words)


def _tell_under(heading: str, year: int, several: Sequence[Advice], words: Words) -> None:
    if several:
        print(TEXTS(f"granska.{heading}", year=year))
    for one in several:
        print("  " + _advised(one, words))


def _tell_how_much(year: int, beside: Sequence[Advice]) -> None:
    """How much a year leaves out; where that is nothing, how much it does not ask for."""
    parts = [one for one in beside if one.kind != "roll"]
    kind, count = ("utgar", len(parts)) if parts else ("roller", len(beside))
    number = "en" if count == 1 else "flera"
    print(TEXTS(f"granska.{kind}.{number}", year=year, count=count))


def tell_difference(difference: Difference, words: Words) -> None:
    """One difference between two years."""
    parts = dict(difference.parts)
    text = TEXTS(f"spec.{difference.kind}", **words, **parts).strip()
    note({"difference": difference.kind, "text": text, "parts": parts})
    print("  " + text)


def tell_idle(year: int, parts: Sequence[Advice], words: Words) -> None:
    """What ends with a year, since the year no longer asks for what it needs."""
    if parts:
        print(TEXTS("spec.utgar", new=year))
    for one in parts:
        _note_advice(one, words)
        print("  " + _advised(one, words))


def tell_written(space: Workspace, paths: Sequence[Path]) -> None:
    """The files that a command has made."""
    for path in paths:
        print(TEXTS("gjort.fil", path=space.shown(path)))


def tell_derivation(space: Workspace, spec: Spec) -> None:
    """Where the report's numbers are counted, and how one is asked for."""
    path = space.shown(newest_of(space.derivation))
    print(TEXTS("gjort.underlag", **words_of(spec), path=path, year=space.year))


def tell_asked(year: int | str, asked: Sequence[object], *, every: bool) -> None:
    """What is to be looked at in the report before it is printed; else only how much, and how it is
    seen."""
    if not asked:
        return
    print(TEXTS("fore_tryck.antal" if every else "fore_tryck.kort", count=len(asked), year=year))
    for one in asked if every else ():
        print(TEXTS("fore_tryck.rad", text=one))


def tell_leaks(told: str) -> None:
    """What the reports give away, before they are published."""
    if told:
        print(TEXTS("rojt", told=told))


def tell_lacking(space: Workspace) -> None:
    """What stands within brackets in the report until it is filled in."""
    from toolkit.year.issue import issue_of

    names = issue_of(space).lacking
    if names:
        print(TEXTS("gjort.utgivning", file=space.shown(space.issue), names=", ".join(names)))


def migration_lines(file: str, year: int, moved: int, left: Sequence[Left]) -> list[str]:
    """What was moved to a year's template, and every cell that could not be, a line each."""
    note({"file": file, "year": year, "moved": moved, "count_not_moved": len(left)})
    told = [told_left(one, year, file) for one in left]
    head = TEXTS("migrera.rubrik", file=file, moved=moved, year=year)
    return [head, TEXTS("migrera.rest" if left else "migrera.allt"), *told]


def told_left(left: Left, year: int, file: str) -> str:
    """A cell that could not be moved, and why."""
    told = {"place": str(left.ref), "value": left.value, "field": left.field, "now": left.now}
    text = TEXTS(f"migrera.{left.why}", **told, year=year)
    note({"file": file, "not_moved": left.why, **told, "text": text.strip()})
    return text


def tell_memos(space: Workspace, spec: Spec, memos: Sequence[Path]) -> None:
    """The letters about the money, or that the year does not ask for any."""
    if asks_for_money(spec):
        path = space.shown(space.returns)
        print(TEXTS("gjort.brev", **words_of(spec), count=len(memos), path=path))
    else:
        print(TEXTS("gjort.ingen_ekonomi", year=spec.year))


def tell_made(space: Workspace, run: YearRun) -> None:
    """What `lansrapport run` has made, and where to begin."""
    spec = run.data.year.spec
    words, money = words_of(spec), asks_for_money(spec)
    memos = [("brev", len(run.memos), space.returns)] if money else []
    workbook = [("ekonomi", space.finance)] if money else []
    print(TEXTS("gjort.kor_rubrik"))
    for name, count, folder in (
        ("mallar", len(run.templates), space.blank_templates),
        ("returer", len(run.marked), space.returns),
        *memos,
        ("status", 1, space.status),
        ("fil", 1, space.data),
        ("underlag", 1, space.derivation),
        ("oppna_data", 1, space.package),
    ):
        told = {"count": count, "path": space.shown(newest_of(folder)), "year": space.year}
        print("  " + TEXTS(f"gjort.{name}", **words, **told))
    print(TEXTS("gjort.oppna_rubrik"))
    for name, path in (("rapport", space.report), *workbook, ("sammanstallning", space.merged)):
        print(f"  {space.shown(newest_of(path))} – {TEXTS(f'gjort.{name}', **words)}")


def tell_unsaid(inputs: Inputs) -> None:
    """What workbooks that have been made do not say, since nobody has decided it."""
    from toolkit.year.decisions import undecided_of_handing_in

    names = undecided_of_handing_in(inputs)
    if names:
        print(TEXTS("gjort.mallar_utan", names=join_and(names), year=inputs.year.spec.year))
    tell_undecided(inputs)


def tell_undecided(inputs: Inputs) -> bool:
    """How much nobody has decided of the year; whether there is any."""
    from toolkit.year.decisions import decisions

    left = len(list(decisions(inputs)))
    if left:
        print(TEXTS("gjort.obeslutat", count=left, year=inputs.year.spec.year))
    return left > 0


def tell_begun(inputs: Inputs, made: Sequence[Path]) -> None:
    """What `lansrapport run` has made before anything has come, and what it waits for."""
    space, words = inputs.space, words_of(inputs.year.spec)
    waited = space.shown(space.inputs_folders[0])
    print(TEXTS("gjort.inget_inkommet", **words, path=waited))
    where = space.shown(space.blank_templates)
    print("  " + TEXTS("gjort.mallar", **words, count=len(made), path=where))
    print("  " + TEXTS("gjort.status", path=space.shown(newest_of(space.status))))
    tell_unsaid(inputs)
    print(TEXTS("gjort.inget_vidare", **words, count=len(inputs.year.spec.counties)))
