"""Swedish words that say how many but no number: `flera`, `enstaka`, `vartannat`. In a report's own
text they are true of much; in what somebody has added to it they are a claim like any other."""

from __future__ import annotations

import re

_ADVERBS = r"(?:mycket|ganska|väldigt|relativt|bara|endast|enbart|allt)"
_NTH = r"(?:tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde)"
_FRACTIONS = (
    rf"(?:\w+\s+)?(?:{_NTH}|åtton|nion|tion|tjugon)del(?:ar)?(?:na|en)?|vart?\s+{_NTH}"
    r"|(?:tjugo|trettio)en"
)
_ABOUT_SO_MANY = (
    r"(?:ett\s+)?(?:halvt\s+)?dussin|ett\s+(?:tio|femton|tjugo|trettio|fyrtio|femtio|hundra)tal"
)
LOOSE = re.compile(
    r"\b(?:inte\s+(?:en|ett)\s+(?:enda|enstaka)|inte\s+någo[nt](?:stans)?|inget|ingenting"
    r"|ingenstans|flera|flertal(?:et)?|åtskilliga|några|somliga|vissa|(?<!\bhur )många|enstaka"
    r"|ett\s+par"
    r"|(?:en\s+)?(?:\w+\s+)?(?:majoritet|minoritet)|(?:den\s+)?större\s+delen|huvuddelen"
    r"|fåtal(?:et)?|en\s+handfull|varje|varenda|vartenda|vart\s+och\s+ett|var\s+och\s+en|vartannat"
    r"|vart\s+annat|var\s+annan|vart\s+(?:tredje|fjärde)|var\s+fjärde|varken|bägge|allesammans"
    r"|noll|(?:bara|endast|enbart|blott)\s+(?:en|ett)(?=\s+(?:enda|av|län\w*))|(?:en|ett)\s+enda"
    rf"|{_FRACTIONS}|{_ABOUT_SO_MANY}|(?:en|ett)(?=\s+(?:ensam(?:t)?\s+)?län(?:sstyrelse)?\b)"
    rf"|{_ADVERBS}\s+få|få(?=\s+(?:av|län)\w*))\b"
    r"|\b(?:bara|endast|enbart|blott)(?=\s+(?:i\s+)?(?:länsstyrels|(?-i:[A-ZÅÄÖ])))\b|\b(?-i:Få)\b",
    re.IGNORECASE,
)
"""`få` is a verb too, and is a count at the beginning of a sentence or before what is counted;
`bara` limits those who are named."""


def loose_in(text: str) -> list[str]:
    """The words of a text.

    >>> loose_in("Få län har flera mål, och bara Skåne kan få stöd.")
    ['Få', 'flera', 'bara']
    >>> loose_in("Hur många? Noll, eller bara en länsstyrelse. Det är bara en början.")
    ['Noll', 'bara en']
    >>> loose_in("Var sjunde, ett tjugotal, en femtedel, ett halvt dussin, tjugoen.")
    ['Var sjunde', 'ett tjugotal', 'en femtedel', 'ett halvt dussin', 'tjugoen']
    >>> loose_in("En klar majoritet, inte en enda, inget, vartannat")
    ['En klar majoritet', 'inte en enda', 'inget', 'vartannat']
    """
    return [found[0] for found in LOOSE.finditer(text)]
