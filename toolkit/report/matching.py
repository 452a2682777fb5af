"""Whether what stands in a field is what a chapter wants of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.returns.submission import Missing

Wanted = Mapping[str, object]
"""What is wanted of a row's fields: a value, a list of accepted ones, true for any answer."""


def accepted(wanted: object, unknown: str = "") -> Sequence[object]:
    """The values that are wanted of a field, one or several. `unknown` is how those who report
    write that they do not know: who asks for it wants those who have said so."""
    listed = wanted if isinstance(wanted, list | tuple | frozenset) else (wanted,)
    return [Missing.UNKNOWN if unknown and one == unknown else one for one in listed]


def fits(value: object, wanted: Sequence[object]) -> bool:
    """Whether a value is one of those wanted; true wants any answer, false none."""
    has_answer = not isinstance(value, Missing)
    if value is Missing.UNKNOWN and value in wanted:
        return True
    if any(one is has_answer for one in wanted):
        return True
    # 0 is equal to False, and what has no answer is equal to nothing.
    return has_answer and _is_one_of(value, [one for one in wanted if not isinstance(one, bool)])


def _is_one_of(value: object, wanted: Sequence[object]) -> bool:
    if isinstance(value, tuple):
        return any(code in wanted for code in value)
    return value in wanted
