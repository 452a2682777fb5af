"""A year in one file: all that it was made from, and what came of it, so that it can be made again
on another machine when nobody remembers it."""

from __future__ import annotations

import hashlib
import platform
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, NamedTuple

from toolkit import __version__
from toolkit.files.atomic import publish
from toolkit.files.errors import CannotBeDone
from toolkit.files.regular import placed_below
from toolkit.files.sealed import (
    ListedFile,
    SealBroken,
    SealFault,
    from_json,
    listed,
    open_seal,
    seal,
)
from toolkit.findings.texts import Texts
from toolkit.words.cleantext import windows_text
from toolkit.year.again import (
    OutputDifference,
    Steps,
    differences,
    listed_all,
    make_again,
    steps_from,
    steps_of,
)
from toolkit.year.arrivals import note_arrivals
from toolkit.year.inputs import Inputs
from toolkit.year.layout import (
    archived_inputs,
    lock_of_the_program,
    outputs_made,
    parts_of_the_program,
)
from toolkit.year.progress import Progress, unseen
from toolkit.year.run import YearRun
from toolkit.year.secrecy import need_key
from toolkit.year.submissions import judge_submissions

KIND, FORMAT = "lansrapport-arkiv", 1
READ_ME, _LOCK, _LAY = "MANIFEST.txt", "requirements.lock", "som-de-lag/"
_PROJECT = "lansrapport"
_NAME = re.compile(r"[\w.-]+")


class Archived(NamedTuple):
    """An archive that was written, how many files it holds, and what lies among what was made that
    does not follow from the inputs."""

    path: Path
    files: int
    differs: Sequence[OutputDifference]


class Reproduced(NamedTuple):
    """A year that was made again from an archive: how many files came out the same, which did not,
    and what is another here than where it was made."""

    year: int
    same: int
    differs: Sequence[OutputDifference]
    causes: Sequence[tuple[str, str, str]]


def archive_year(inputs: Inputs, texts: Texts, progress: Progress = unseen) -> Archived:
    """arkiv.zip. The year is made anew from what is put in it, so that what stands in its list is
    what follows from it; a file that lies there and does not, such as a report that was edited in
    Word, is put in beside. Raises what `run` does."""
    space, steps = inputs.space, steps_of(inputs)
    need_key(space)
    if inputs.choices(inputs.year).choices:
        # What was decided of files depends on when they came, which a copy of them cannot tell.
        note_arrivals(space, judge_submissions(inputs))
    # Each year is laid beside the one before.
    first = min((*steps.since, space.year)) - 1
    found = archived_inputs(space, range(first, space.year + 1))
    files = {placed_below(path, space.root): path.read_bytes() for path in found}
    made = make_again(files, space.year, space.day, steps, progress)
    lying = {placed_below(path, space.root): path.read_bytes() for path in outputs_made(space)}
    outputs = listed_all(made.files)
    differs = differences(outputs, listed_all(lying))
    lock = lock_of_the_program()
    whole = files | ({_LOCK: lock} if lock else {})
    whole |= {f"{_LAY}{one.path}": lying[one.path] for one in differs if one.path in lying}
    about = {
        "slag": KIND,
        "format": FORMAT,
        "ar": space.year,
        "dag": space.day.isoformat() if space.day else None,
        "steg": steps.as_json,
        "gjort_med": made_with(),
        "blev": [one.as_json for one in outputs],
    }
    read_me = "\n".join(_manifest(about, whole, outputs, made.run, texts)) + "\n"
    data = seal(whole, about, {READ_ME: windows_text(read_me)})
    return Archived(publish(space.archive, data), len(whole), differs)


def made_with() -> dict[str, str]:
    """What decides the bytes beside the inputs: the program, Python, what packs files, and the
    packages."""
    whole = hashlib.sha256()
    for name, data in parts_of_the_program():
        whole.update(f"{name}\0{hashlib.sha256(data).hexdigest()}\n".encode())
    found = {
        "lansrapport": __version__,
        "kod": whole.hexdigest(),
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    return found | dict(_packages())


def _packages() -> Iterator[tuple[str, str]]:
    """What the program itself asks for, as it is installed here."""
    try:
        asked = requires(_PROJECT) or []
    except PackageNotFoundError:
        return
    for one in sorted(asked):
        name = _NAME.match(one)
        if name and "extra ==" not in one:
            try:
                yield name[0].lower(), version(name[0])
            except PackageNotFoundError:
                continue


def reproduce(data: bytes, progress: Progress = unseen) -> Reproduced:
    """The year of an archive, made again and compared byte by byte. Raises CannotBeDone when the
    archive is damaged, changed or none of ours, and what `run` does."""
    try:
        opened = open_seal(data, KIND, (READ_ME,))
        told = _told(opened.about)
    except SealBroken as error:
        files = ", ".join(error.files[:_TOLD])
        raise CannotBeDone(f"fel.arkiv.{error.fault}", files=files) from error
    own = {path: one for path, one in opened.files.items() if _is_input(path)}
    made = make_again(own, told.year, told.day, told.steps, progress)
    now = listed_all(made.files)
    differs = differences(told.outputs, now)
    here = made_with()
    causes = [
        (name, was, here.get(name, ""))
        for name, was in told.made_with.items()
        if here.get(name) != was
    ]
    wrong = {one.path for one in differs}
    same = sum(one.path not in wrong for one in now)
    return Reproduced(told.year, same, differs, causes)


_TOLD = 5  # files that are told by name


class _About(NamedTuple):
    """What an archive says of itself."""

    year: int
    day: date | None
    steps: Steps
    made_with: Mapping[str, str]
    outputs: list[ListedFile]


def _told(about: Mapping[str, Any]) -> _About:
    """Raises CannotBeDone for an archive of a later kind, SealBroken for one whose list cannot be
    understood."""
    if about.get("format") != FORMAT:
        raise CannotBeDone("fel.arkiv.nyare")
    try:
        day = about["dag"]
        return _About(
            int(about["ar"]),
            date.fromisoformat(day) if day else None,
            steps_from(about["steg"]),
            {str(name): str(value) for name, value in about["gjort_med"].items()},
            [from_json(one) for one in about["blev"]],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SealBroken(SealFault.DAMAGED, ["manifest.json"]) from error


def _is_input(path: str) -> bool:
    return path.startswith(("inputs/", "templates/"))


def _manifest(
    about: Mapping[str, Any],
    files: Mapping[str, bytes],
    outputs: Sequence[ListedFile],
    run: YearRun | None,
    texts: Texts,
) -> Iterator[str]:
    """What a person reads: what this is, how it is used, and every file with its sum."""
    year, made = about["ar"], about["gjort_med"]
    yield texts("titel", year=year)
    yield ""
    yield texts("om", year=year, version=made["lansrapport"], python=made["python"]).rstrip()
    yield ""
    rounds = dict(_rounds(run, texts))
    sections = _sections(year)
    for name, start in sections:
        inside = {path: data for path, data in files.items() if _section(path, sections) == start}
        if inside:
            yield texts(f"del.{name}", year=year)
            for path in sorted(inside):
                one = listed(path, inside[path])
                said = rounds.get(Path(path).name, "") if name == "inskickat" else ""
                yield texts("fil", sha256=one.sha256, size=one.size, path=path, said=said).rstrip()
            yield ""
    yield texts("del.blev", year=year)
    for one in outputs:
        yield texts("fil", sha256=one.sha256, size=one.size, path=one.path, said="").rstrip()


def _sections(year: int) -> tuple[tuple[str, str], ...]:
    """The parts of the list by how the paths in them begin; the first that fits."""
    own = f"inputs/{year}/"
    return (
        ("inskickat", f"{own}submissions/"),
        ("huvudbocker", f"{own}ledgers/"),
        ("beslut", own),
        ("fore", "inputs/"),
        ("mallar", "templates/"),
        ("lag", _LAY),
        ("ovrigt", ""),
    )


def _section(path: str, sections: Sequence[tuple[str, str]]) -> str:
    return next(start for _, start in sections if path.startswith(start))


def _rounds(run: YearRun | None, texts: Texts) -> Iterator[tuple[str, str]]:
    """Whose each return is, which round, and whether it is the one that counts."""
    if run is None:
        return
    counting = {state.file for state in run.data.counties if state.counts}
    names = {state.code: state.name for state in run.data.counties}
    for found in run.returns:
        sent = found.submission
        if sent is not None:
            number = 1 + (sent.trail.round if sent.trail else 0)
            word = "galler" if found.file in counting else "galler_inte"
            name = names.get(str(sent.county), str(sent.county))
            yield found.file, texts(word, name=name, number=number)
