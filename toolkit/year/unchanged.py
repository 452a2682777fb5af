"""A working folder in which nothing has been changed since a command was through with it: the same
command would write the same bytes into the same files, and say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.files.prints import print_of_all
from toolkit.staff.decisions import saved_book
from toolkit.year.layout import folder_prints
from toolkit.year.memory import KeyParts
from toolkit.year.workspace import Workspace

_SAID = "said"


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a command has said, and the exit code that it ended with."""

    text: str
    code: int


@dataclass(frozen=True, slots=True)
class FolderState:
    """Every file of inputs/ and outputs/ as it is, by its print; and ekonomi.xlsx, the one file
    among what goes out that a command also reads."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    book: bytes | None


def state_of(space: Workspace) -> FolderState | None:
    """The working folder now; None where it cannot be read through."""
    try:
        inputs, outputs = folder_prints(space)
        book = space.finance.read_bytes() if space.finance.is_file() else None
    except OSError:
        return None
    return FolderState(inputs, outputs, book)


def recall_said(space: Workspace, request: KeyParts, state: FolderState) -> Utterance | None:
    """What was said the last time, where nothing has been changed since. `request` is all that was
    asked for."""
    said: Utterance | None = space.memory.recall(_SAID, *request, *_names(state))
    return said


def keep_said(
    space: Workspace, request: KeyParts, before: FolderState, after: FolderState, said: Utterance
) -> None:
    """Keep what was said for the next one who asks for the same in the folder as it is `after` the
    command. Not where it has changed anything that it would then find otherwise."""
    if _is_lasting(space, before, after):
        space.memory.keep(_SAID, {(*request, *_names(after)): said})


def _names(state: FolderState) -> KeyParts:
    return print_of_all(state.inputs), print_of_all(state.outputs)


def _is_lasting(space: Workspace, before: FolderState, after: FolderState) -> bool:
    """Whether the command finds the same things to read as it did. The key of the low counts is
    made once, and says the same when it is read. A workbook that somebody has saved, and that was
    written anew, is not there a second time."""
    made = space.secrecy_key.relative_to(space.inputs.parent).as_posix()
    known = dict(before.inputs)
    if made not in known and made in after.inputs:
        known[made] = after.inputs[made]
    same_book = before.book is None or before.book == after.book
    return known == after.inputs and (same_book or not saved_book(before.book or b"").touched)
