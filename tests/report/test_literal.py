"""What a county writes is printed as it was written, wherever a chapter puts it: none of its characters acts."""

from __future__ import annotations

import re

import pytest

from tests.conftest import CLEAN, money_of
from tests.datasets import with_tables
from tests.smaller import SENT, data_of, with_chapter
from toolkit.report import write_report
from toolkit.report.blocks import Heading, Note, Paragraph

WRITTEN = (
    "---", "-----------------------------------", "2020. Ett år att minnas", "1. Minska", "1) Öka", "+ Öka", "- Öka", "* Öka",
    "# Rubrik", "> citat", "=====", "```kod", "~~~", "    indrag", "| a | b |", "&copy; &nbsp; &#42; &amp;", "<b>film</b> & mer",
    "<!-- tyst -->", "#metoo [och *allt* annat]", "**fet** __fet__ `kod`", "[länk](http://a.se)", "![bild](x.png)", "<http://a.se>",
    "^[fotnot]", "[^1]", "[[tabell:koder]]", "[ord]{lang=sv-SE}", "{{ 7*7 }}", "{% raw %}", "{# tyst #}", "slutar med {namn}",
    "back\\slash \\* \\", "~~struken~~", "a\\\nb", "$5^2$", "1986\\. A", "_x", "*", "[", "”citat” – tankstreck", "2020",
)  # fmt: skip
CHAPTER = """# Titel {titel}

{% macro visa(text) %}Så: {{ text }}^[Om {{ text }}]{% endmacro %}
{% for m in rader('mal') %}
## {{ m.formulering }} {m_{{ loop.index }}}

{{ m.formulering }}

{{ m.formulering }}. Slut

- {{ m.formulering }}

**{{ m.formulering }}** och {{ visa(m.formulering) }}

{{ '¤' ~ m.formulering ~ visa('¤') }}

{% endfor %}
"""


@pytest.fixture(scope="module")
def sections(year, tmp_path_factory):
    """The blocks below the heading of each text, and the heading first."""
    changed = with_chapter(year, tmp_path_factory.mktemp("ar"), CHAPTER)
    [goal] = CLEAN["mal"]
    told = {"lan": SENT[0], "lansnamn": "Skåne", "fil": "a.xlsx", "rad": 6}
    rows = [{**goal, **told, "formulering": text} for text in WRITTEN]
    report = write_report(money_of(with_tables(data_of(changed), mal=rows)))
    found = []
    for block in report.blocks[1:]:
        if isinstance(block, Heading):
            found.append([])
        found[-1].append(block)
    return dict(zip(WRITTEN, found, strict=True))


def said(block):
    return "".join(run.text for run in block.runs if not isinstance(run, Note))


@pytest.mark.parametrize("written", WRITTEN)
def it_prints_what_was_written(sections, written):
    text = re.sub(r"\s+", " ", written)
    heading, alone, stopped, item, inside, joined = sections[written]
    assert heading.text == text.strip()
    assert heading.name.startswith("m_")
    alike = [text.strip(), f"{text}. Slut".strip(), text.strip()]
    assert [said(alone), said(stopped), said(item)] == alike
    assert [alone.style, stopped.style, item.style, item.level] == ["body", "body", "bullet", 0]
    assert said(inside) == f"{text} och Så: {text}".strip()
    assert inside.runs[0].bold
    [note] = [run for run in inside.runs if isinstance(run, Note)]
    assert "".join(run.text for run in note.runs) == f"Om {text}".strip()
    assert said(joined) == f"¤{text}Så: ¤"


def it_makes_paragraphs_of_nothing_else(sections):
    assert {type(block) for blocks in sections.values() for block in blocks} == {Heading, Paragraph}
