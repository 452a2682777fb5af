"""The commands about a year's templates: how two years differ, what is wrong, what explains
them."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.arguments import HERE, Every, Root, YearNumber, inputs_of
from toolkit.cli.gaps import tell_incomparable
from toolkit.cli.sayings import (
    TEXTS,
    tell_advice,
    tell_difference,
    tell_idle,
    tell_written,
    words_of,
)
from toolkit.cli.stopped import DONE, FAILED, exit_code


def spec_diff(
    old: Annotated[int, typer.Argument(help=TEXTS("hjalp.old"))],
    new: Annotated[int, typer.Argument(help=TEXTS("hjalp.new"))],
    root: Root = HERE,
) -> int:
    """What differs between two years, in words."""
    from toolkit.spec.differences import differences
    from toolkit.year.speccheck import idle_parts

    inputs = inputs_of(root, old)
    before, after = inputs.year.spec, inputs.of(new).year.spec
    found = differences(before, after)
    print(TEXTS("spec.rubrik" if found else "spec.inget", old=old, new=new))
    for difference in found:
        tell_difference(difference, words_of(after))
    known = idle_parts(before)
    gone = [part for part in idle_parts(after) if part not in known]
    tell_idle(new, gone, words_of(after))
    tell_incomparable(inputs.year, inputs.of(new).year)
    return DONE


def spec_check(year: YearNumber, root: Root = HERE, every: Every = False) -> int:
    """What is wrong, or most likely not meant, in a year's templates."""
    from toolkit.year.speccheck import look_through

    inputs = inputs_of(root, year)
    found = look_through(inputs)
    wrong = tell_advice(year, found, words_of(inputs.year.spec), every=every)
    return FAILED if any(one.stops for one in found) else exit_code(wrong)


def spec_doc(year: YearNumber, root: Root = HERE) -> int:
    """The filling-in guide and the data dictionary."""
    from toolkit.year.documents import write_documentation

    inputs = inputs_of(root, year)
    tell_written(inputs.space, write_documentation(inputs.space, inputs.year))
    return DONE
