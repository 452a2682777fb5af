"""What the small tests of the word room share: elements as text, and text as elements."""

from __future__ import annotations

import re

from lxml import etree

from toolkit.word.ooxml.names import MC, WP, WPS, A, R, W

SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {"w": W, "r": R, "a": A, "wp": WP, "wps": WPS, "mc": MC}.items()
)


def xml(*elements):
    """Elements as they are written, without the declarations of their namespaces."""
    written = "".join(etree.tostring(one, encoding="unicode") for one in elements)
    return re.sub(r' xmlns:\w+="[^"]*"', "", written)


def element(text):
    """`<w:p/>` as an element."""
    return etree.fromstring(re.sub(r"^<([\w:]+)", rf"<\1 {SPACES}", text))
