"""What those who report are called: the words for them that a text can be made with."""

from __future__ import annotations

from toolkit.files.yaml import Strict, Written


class Respondent(Strict):
    """Who reports, as Swedish inflects it: ett `län`, flera `län`, `länet`, `länen`. `unknown` is
    said of a file that does not tell whose it is."""

    singular: Written
    plural: Written
    definite: Written
    definite_plural: Written
    unknown: Written
