"""A county's file → its Submission and the findings of reading it."""

from toolkit.read.formats.raw import RawBook, RawSheet, Unreadable, read_raw
from toolkit.read.formats.shape import MergedBlock
from toolkit.read.formats.stream import large_sheets
from toolkit.read.interpret import Sender, interpret
from toolkit.read.lists import HeadedList, HeadedRow, ListFault, find_list
from toolkit.read.locate import identity
from toolkit.read.origin import claimed_in, origin_of
from toolkit.read.outside_tables import asides_in_package, notes_in, without_numbers

__all__ = [
    "HeadedList",
    "HeadedRow",
    "ListFault",
    "MergedBlock",
    "Sender",
    "RawBook",
    "RawSheet",
    "Unreadable",
    "asides_in_package",
    "claimed_in",
    "find_list",
    "identity",
    "interpret",
    "large_sheets",
    "notes_in",
    "origin_of",
    "read_raw",
    "without_numbers",
]
