"""Ledgers as people have met them: each from a public report of an importer that read it as something
else, or from what a system in use in Sweden writes. The sums are counted by hand. What is read must come
to them; what cannot be read must be refused for the reason that is named here."""

from decimal import Decimal
from typing import NamedTuple


class Situation(NamedTuple):
    """A file, what it is from, and its sums by verksamhetskod, or why it is refused."""

    name: str
    source: str
    text: str
    sums: dict[str, str] | None = None
    refused: str = ""
    left_out: int = 0
    file: str = "12 x.csv"
    encoding: str = "utf-8"

    @property
    def kronor(self):
        return {code: Decimal(kr) for code, kr in (self.sums or {}).items()}


PLAIN = "Konto;Verksamhetskod;Belopp"
SIDES = "Konto;Verksamhetskod;Ver.nr;Datum;Text;Debet;Kredit"
SIE = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#DIM 7 "Verksamhetskod"\n#RAR 0 20200101 20201231\n'

FROM_REPORTS = (
    Situation(
        "credits below zero in a column of their own",
        "ledger/ledger#2295, quentinsf/icsv2ledger#108",
        f"{SIDES}\n4110;PM;A1;2020-02-01;Lön;1000,00;\n4110;PM;A2;2020-02-02;Rättad;;-250,00\n",
        {"PM": "750"},
    ),
    Situation(
        "credits with and without a minus",
        "howeyc/ledger#30",
        f"{SIDES}\n4110;PM;A1;2020-02-01;Lön;1000,00;\n4110;PM;A2;2020-02-02;Rättad;;-250,00\n"
        "4110;PM;A3;2020-02-03;Rättad;;100,00\n",
        refused="tecken",
    ),
    Situation(
        "noughts on the other side",
        "firefly-iii/firefly-iii#3271, buckets/application#790",
        f"{SIDES}\n4110;PM;A1;2020-02-01;Lön;1000,00;0,00\n4110;PM;A2;2020-02-02;Rättad;0,00;250,00\n",
        {"PM": "750"},
    ),
    Situation(
        "both sides in one row",
        "ledger/ledger#2853",
        f"{SIDES}\n4110;PM;A1;2020-02-01;Lön;1000,00;250,00\n",
        {"PM": "750"},
    ),
    Situation(
        "a mark for the side, points between thousands",
        "firefly-iii/firefly-iii#2835",
        "Konto;Verksamhetskod;Belopp;S/H\n4110;PM;1.337,00;S\n4110;PM;13,37;H\n",
        {"PM": "1323.63"},
    ),
    Situation(
        "a comma that ends a number",
        "pandas-dev/pandas#64655",
        f'{PLAIN}\n4110;PM;1000,00\n4110;PM;"1 ,"\n',
        refused="olasta",
    ),
    Situation(
        "digits, letters and several commas",
        "pandas-dev/pandas#31920",
        f"{PLAIN}\n4110;PM;1000,00\n4110;PM;1a.2,3\n4110;PM;1,2,3\n",
        refused="olasta",
    ),
    Situation(
        "thousands in some rows only",
        "pandas-dev/pandas#59299, pola-rs/polars#18797",
        f"{PLAIN}\n4110;PM;1,20\n4110;PM;22,3\n4110;PM;1.234,56\n",
        {"PM": "1258.06"},
    ),
    Situation(
        "a thousand or one with three decimals",
        "plaintextaccounting/hledger#399, #487",
        f"{PLAIN}\n4110;PM;100\n4110;PM;1.000\n",
        refused="olasta",
    ),
    Situation(
        "one decimal, and the currency",
        "actualbudget/actual#5020",
        f'{PLAIN}\n4110;PM;" 110.7 kr"\n4110;801;"116.62 kr"\n5011;PM;SEK 10,00\n',
        {"PM": "120.7", "801": "116.62"},
    ),
    Situation(
        "blanks around every field",
        "ledgersmb/LedgerSMB#9505, kenlasko/monize#1134",
        "Konto ; Verksamhetskod ; Belopp\n 4110 ; PM ;  1000,00\n 4110 ; pm ; -250,00 \n",
        {"PM": "750"},
    ),
    Situation(
        "rows that are alike to the last sign",
        "actualbudget/actual#2432, stant/mdcsvimporter2015#6",
        f"{SIDES}\n" + "4110;PM;A1;2020-02-01;Resa;10,00;\n" * 3,
        {"PM": "30"},
    ),
    Situation(
        "a voucher without series and number",
        "erp-mafia/accounted#2546",
        f'{SIE}#VER "" "" 20200115 "Lön"\n{{\n#TRANS 4110 {{7 "PM"}} 100.00\n#TRANS 1930 {{}} -100.00\n}}\n',
        {"PM": "100"},
        file="12 x.si",
    ),
    Situation(
        "a year without vouchers",
        "erp-mafia/accounted#1445",
        f'{SIE}#KONTO 4110 "Löner"\n',
        refused="inga_transaktioner",
        file="12 x.se",
    ),
    Situation(
        "a voucher that does not balance",
        "idstam/jsisie#5",
        f'{SIE}#VER A 1 20200115 "Lön"\n{{\n#TRANS 4110 {{7 "PM"}} 100.00\n#TRANS 1930 {{}} -90.00\n}}\n',
        refused="summa",
        file="12 x.se",
    ),
    Situation(
        "a column of currencies",
        "firefly-iii/firefly-iii#4560",
        "Konto;Verksamhetskod;Belopp;Valuta\n4110;PM;1000,00;SEK\n5411;PM;100,00;EUR\n",
        refused="valuta",
    ),
    Situation(
        "a table of HTML that is called xls",
        "pandas-dev/pandas#8200",
        "<html><table><tr><td>Konto</td><td>Verksamhetskod</td><td>Belopp</td></tr>"
        "<tr><td>4110</td><td>PM</td><td>5,5</td></tr></table></html>",
        refused="HUVUDBOK-RUBRIKER",
        file="12 x.xls",
    ),
)
"""From reports of importers."""

FROM_SYSTEMS = (
    Situation(
        "Unit4: codes beside their texts, periods, both currencies", "Agresso/Unit4",
        "Konto;Konto (T);Vht;Vht (T);Ver.nr;Period;Bokf.datum;Text;Valuta;Valutabelopp;Belopp\n"
        "4110;Löner;PM;Prostitution;100;202002;2020-02-28;Lön;SEK;1000,00;1000,00\n"
        "5411;Konsult;PM;Prostitution;101;202013;2020-12-31;Faktura;EUR;10,00;104,50\n",
        {"PM": "1104.5"},
    ),
    Situation(
        "Unit4: budget and outcome in one list", "Agresso/Unit4",
        "Typ;Konto;Verksamhet;Period;Belopp\nUtfall;4110;PM;202002;1000,00\nBudget;4110;PM;202002;900,00\n",
        {"PM": "1000"}, left_out=1,
    ),
    Situation(
        "Unit4: cells that Excel is to keep as texts", "Agresso/Unit4",
        'Konto;Verksamhet;Belopp\n"=""4110""";"=""PM""";1000,00\n',
        {"PM": "1000"},
    ),
    Situation(
        "Visma: sections with turnover and balances", "Visma",
        "Huvudbok\nVer.nr;Datum;Verksamhet;Text;Debet;Kredit;Saldo\n4110 Löner;;;;;;\n;;;Ing balans;;;0,00\n"
        "A1;2020-02-01;PM;Lön;1000,00;;1000,00\nA2;2020-02-02;PM;Rättad;;250,00;750,00\n"
        ";;;Omslutning;1000,00;250,00;\n;;;Utg balans;;;750,00\n",
        {"PM": "750"},
    ),
    Situation(
        "Visma: a voucher that has been cancelled", "Visma, Fortnox",
        "Konto;Verksamhet;Ver.nr;Status;Belopp\n4110;PM;A1;Bokförd;1000,00\n4110;PM;A2;Makulerad;250,00\n",
        {"PM": "1000"}, left_out=1,
    ),
    Situation(
        "Raindance: budget and deviation beside the outcome", "Raindance",
        "Konto;Ansvar;Verksamhet;Motpart;Budget;Utfall;Avvikelse\n4110;12;PM;9;900,00;1000,00;-100,00\n",
        {"PM": "1000"},
    ),
    Situation(
        "Raindance: the month and the year so far", "Raindance",
        "Konto;Verksamhet;Utfall period;Utfall ack\n4110;PM;100,00;1000,00\n",
        refused="HUVUDBOK-RUBRIKER",
    ),
    Situation(
        "Raindance: a month in each column", "Raindance",
        "Konto;Verksamhet;jan;feb;mar;Totalt\n4110;PM;100,00;200,00;300,00;600,00\n",
        refused="HUVUDBOK-RUBRIKER",
    ),
    Situation(
        "SAP: a list with lines drawn around it", "SAP",
        "Huvudbok 2020\n--------------------------------\n| Konto | Verksamhet | Datum | Belopp |\n"
        "--------------------------------\n| 4110 | PM | 28.02.2020 | 1.234,50 |\n"
        "| 4110 | PM | 29.02.2020 | 234,50- |\n--------------------------------\n| * | | | 1.000,00 |\n",
        {"PM": "1000"}, file="12 x.txt",
    ),
    Situation(
        "SAP: amounts in two currencies", "SAP",
        "Konto\tVerksamhet\tBelopp i dokvaluta\tDok.valuta\tBelopp i intern valuta\n4110\tPM\t10,00\tEUR\t104,50\n",
        refused="HUVUDBOK-RUBRIKER", file="12 x.tsv",
    ),
    Situation(
        "all segments in one string", "Raindance, SAP",
        "Kontosträng;Belopp\n4110-PM-ap.4;1000,00\n",
        refused="HUVUDBOK-RUBRIKER",
    ),
    Situation(
        "amounts in öre", "payroll files",
        "Konto;Verksamhet;Belopp (öre)\n4110;PM;100000\n",
        refused="HUVUDBOK-RUBRIKER",
    ),
)  # fmt: skip
"""As systems lay them out."""
ALL = (*FROM_REPORTS, *FROM_SYSTEMS)
