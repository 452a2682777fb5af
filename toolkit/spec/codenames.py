"""Whether what codes are called tells them apart: in an answer, in print, and as names of files."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.files.yaml import Path_
from toolkit.spec.codefacts import RespondentFacts
from toolkit.spec.codelists import Code, CodeList, fold_answer
from toolkit.spec.faults import SpecFault, fault
from toolkit.spec.misdescribed import is_described
from toolkit.words.celltext import plain

# A name in a file system has at most 255 bytes (ext4, APFS) or characters (NTFS); an ending, a
# date and `(ny)` are written behind what a respondent's files are called.
_LONGEST_NAME = 150


def called_alike(codelist: CodeList, year: int, place: Path_) -> Iterator[SpecFault]:
    """Codes that an answer could mean both: by their labels, or by the other names that the list
    lets them have (`also`). A code that has ended may be called what one is called that has
    followed it."""
    known: dict[str, Code] = {}
    for number, code in enumerate(codelist.codes):
        if code.is_valid_in(year):
            yield from _alike(codelist, code, known, (*place, "codes", number))


def _alike(
    codelist: CodeList, code: Code, known: dict[str, Code], place: Path_
) -> Iterator[SpecFault]:
    """One fault for a code, of the first of its names that another has."""
    said = False
    for name in _names(codelist, code):
        other = known.setdefault(fold_answer(name), code)
        if other is code or said:
            continue
        said = True
        if fold_answer(other.label) == fold_answer(code.label):
            yield fault(place, "dubbel.kodnamn", label=code.label, lista=codelist.id)
        else:
            told = {"namn": name, "kod": other.code, "annan": code.code, "lista": codelist.id}
            yield fault(place, "dubbel.annat_namn", **told)


def _names(codelist: CodeList, code: Code) -> Iterator[str]:
    """All that an answer may say for a code."""
    if code.label:
        yield code.label
    for attribute in codelist.also:
        if code.attributes.get(attribute):
            yield code.attributes[attribute]


def unfit_names(respondents: CodeList, place: Path_) -> Iterator[SpecFault]:
    """Respondents that could not be told apart in print, or by their files; and names that no file
    can have."""
    stems: dict[str, Code] = {}
    names: dict[str, Code] = {}
    for number, code in enumerate(respondents.codes):
        if not is_described(code, RespondentFacts):
            continue
        where = (*place, "codes", number)
        if len(code.file_stem.encode()) > _LONGEST_NAME:
            yield fault(where, "dubbel.langt", kod=code.code, hogst=_LONGEST_NAME)
        # On Windows and macOS small and capital letters make no difference to a file's name.
        other = stems.setdefault(code.file_stem.casefold(), code)
        namesake = names.setdefault(plain(code.name).casefold(), code)
        told = {"annan": code.code, "lista": respondents.id}
        if other is not code:
            yield fault(where, "dubbel.filnamn", kod=other.code, namn=code.file_stem, **told)
        elif namesake is not code and not _is_told(respondents, namesake, code):
            yield fault(where, "dubbel.lansnamn", kod=namesake.code, namn=code.name, **told)


def _is_told(respondents: CodeList, one: Code, other: Code) -> bool:
    """Whether two that have the same name are told of as one answer for both."""
    return other.name in _names(respondents, other) and one.name in _names(respondents, one)
