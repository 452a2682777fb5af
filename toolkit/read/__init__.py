"""A county's file → its Submission and the findings of reading it."""

from toolkit.read.formats.raw import RawBook, RawSheet, Unreadable, read_raw
from toolkit.read.formats.shape import MergedBlock
from toolkit.read.formats.stream import large_sheets
from toolkit.read.formula_in import formula_in, is_in_array
from toolkit.read.interpret import Sender, interpret
from toolkit.read.lists import HeadedList, HeadedRow, ListFault, find_list
from toolkit.read.locate import identity
from toolkit.read.origin import claimed_in, origin_of
from toolkit.read.outside_tables import aside_in_name, asides_in_package, notes_in, without_numbers

__all__ = [
    "HeadedList",
    "HeadedRow",
    "ListFault",
    "MergedBlock",
    "Sender",
    "RawBook",
    "RawSheet",
    "Unreadable",
    "aside_in_name",
    "asides_in_package",
    "claimed_in",
    "find_list",
    "formula_in",
    "identity",
    "interpret",
    "is_in_array",
    "large_sheets",
    "notes_in",
    "origin_of",
    "read_raw",
    "without_numbers",
]
