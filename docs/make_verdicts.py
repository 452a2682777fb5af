"""Writes docs/sarredovisning.md: the decision table of the verdicts, as the code has it. Run
`.venv/bin/python docs/make_verdicts.py` after a change of `toolkit/analysis/verdicts.py`."""

from __future__ import annotations

from pathlib import Path

from toolkit.analysis.verdicts import TABLE, Elsewhere, Money, Said, Shown
from toolkit.spec.load import load_year

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs/sarredovisning.md"
OWN = {
    Money.NONE: "inget", Money.SOME: "minst en rad med belopp", Money.UNKNOWN: "en rad med u.s.",
    Money.UNREAD: "bladet är inte med",
}  # fmt: skip
ELSEWHERE = {
    Elsewhere.NONE: "inget", Elsewhere.SOME: "minst en rad",
    Elsewhere.UNKNOWN: "bara rader med u.s.",
}  # fmt: skip
SHOWN = {
    Shown.SILENT: "ingen huvudbok", Shown.AGREES: "stämmer", Shown.AGAINST: "motsäger raderna",
}  # fmt: skip
SAID = {
    Said.NOTHING: "inget svar", Said.SEPARATE: "på egen kod",
    Said.NOTHING_SPENT: "noll med skäl", Said.NOUGHT: "noll kronor på egen kod",
    Said.NOT_SEPARATE: "inte på egen kod, med skäl", Said.UNREASONED: "utan skäl i ord",
    Said.UNREAD: "svaret är inte med",
}  # fmt: skip
INTRO = """# Så bedöms särredovisningen

Den första raden som passar avgör. En tom ruta betyder att det inte spelar någon roll. Tabellen är skriven ur koden
(`docs/make_verdicts.py`) och prövas mot varje möjlig kombination i `tests/analysis/test_verdicts.py`. Summor, differenser och bedömningar räknas ut en andra gång, i
`tests/analysis/oracle.py`, för två tusen påhittade år (`python -m tests.analysis.years`).

- **På den egna koden:** raderna på bladet Ekonomi, också när de tar ut varandra eller är negativa.
- **På andra koder:** rader med belopp som är märkta med området.
- **Huvudboken:** utdraget, eller annars det belopp som länet har angett. Den motsäger raderna när den inte har något på koden och raderna
  tillsammans har något, eller när den har något och ingen rad har något. Det som avrundning kan förklara är ingenting. Att beloppen är olika
  stora är en differens, men ingen motsägelse.
- **Länet säger:** svaret på bladet Avstämning. Beloppet är noll när 0 står vid svaret eller, där det är tomt, på en rad med koden. En nolla
  är ett värde; en tom ruta och u.s. är det inte.

Ett utdrag jämförs per kod, per kostnadsslag och, om det säger vilka anslagsposter beloppen hör till, per anslagspost. Översiktens differens
är den största av dem, aldrig en nettosumma. Ett län där ingenting har kunnat jämföras har ingen differens, inte heller noll.

Utgift och kostnad läggs aldrig samman i det som visas: Översikt, Per kod, Över tid, breven och rapporten har var sin summa för dem. Bara när
raderna ställs mot huvudboken, som inte skiljer dem åt, jämförs allt som står på koden. Rader som inte säger vilket de är får egna summor.

En delad kostnad räknas en gång när raderna har samma mottagare, kostnadsslag och fördelningsgrund, står i olika län eller på olika koder och
andelarna tillsammans blir 100 procent. Annars räknas varje rad för sig, och det som liknar en delad kostnad blir en fråga. Att två belopp
är lika stora bevisar ingenting.

Ett utdrag där de flesta kostnader är minusbelopp men summan ändå är över noll används inte förrän `lan.csv` säger vilket tecken kostnader har.

Ett u.s. är ingen nolla. Den summa som beloppet hör till är inte känd: den skrivs "Inte känt" (".." i rapporten), är inte med i någon summa
över flera län och jämförs inte med något. En kostnad som inte är känd lämnar länets utgifter kända, och tvärtom. Det gäller länets belopp
på koden, på kostnadsslaget, på anslagsposten och i allt, ett bidrag och en delad kostnad. En andel räknas bara för de län där både delen och
det hela är kända, och skrivs som en punkt (".") när den inte är en del av det hela. Vilka län summorna inte omfattar står vid dem, av
vilket skäl det än är.

Ord i texter och kopplingar till aktiviteter avgör ingenting. De blir frågor till länet.

| | På den egna koden | På andra koder | Huvudboken | Länet säger | Bedömning |
|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    texts = load_year(ROOT / "templates", 2020).texts("export")
    rows = []
    for number, rule in enumerate(TABLE, 1):
        cells = (
            " eller ".join(OWN[one] for one in rule.own),
            " eller ".join(ELSEWHERE[one] for one in rule.elsewhere),
            " eller ".join(SHOWN[one] for one in rule.shown),
            " eller ".join(SAID[one] for one in rule.said),
            texts(f"utslag.{rule.verdict}"),
        )
        rows.append(f"| {number} | {' | '.join(cells)} |")
    return INTRO + "\n".join(rows) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
