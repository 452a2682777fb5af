"""The one place where code names a table, a field or a code of a year's workbook.

The workbook is the agency's: `templates/<year>/arbetsbok.yaml` says which tables, columns and codes
there are. What code must know of them (that there is spend, in which column its amount stands,
which code means a grant) is a *role*. A role has the id that stands for it when the year does not
say otherwise (`roles:` in arbetsbok.yaml), and whatever a year does not ask for simply has no
holder: checks, tables, figures and sheets say which roles they need, and are left out where one is
missing.

    >>> SPEND_AMOUNT, DECLARED[SPEND_AMOUNT].default
    ('spend.amount', 'utfall')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType, TypeAlias

TableRole = NewType("TableRole", str)
"""A table by what it is for. A role is its key (`spend`), so it can stand wherever an id can."""
FieldRole = NewType("FieldRole", str)
"""A field by what it is for: `spend.amount`."""
ListRole = NewType("ListRole", str)
"""A code list by what its codes are: `respondents`."""
CodeRole = NewType("CodeRole", str)
"""A code that code acts on: `grant`."""
Role: TypeAlias = TableRole | FieldRole | ListRole | CodeRole


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared of a role: the id that usually holds it and what it means. A field role has
    its table's role in `within` and the field `types` that can hold it; a code role has its list's
    role in `within`."""

    kind: str
    default: str
    meaning: str
    within: str = ""
    types: frozenset[str] = frozenset()


DECLARED: dict[str, Declared] = {}
"""All roles by key, a field's table and a code's list before it."""


def _table(key: str, default: str, meaning: str) -> TableRole:
    DECLARED[key] = Declared("table", default, meaning)
    return TableRole(key)


def _list(key: str, default: str, meaning: str) -> ListRole:
    DECLARED[key] = Declared("list", default, meaning)
    return ListRole(key)


def _code(within: ListRole, key: str, default: str, meaning: str) -> CodeRole:
    DECLARED[key] = Declared("code", default, meaning, within)
    return CodeRole(key)


def _fields(
    table: TableRole, *given: tuple[str, str, frozenset[str], str]
) -> tuple[FieldRole, ...]:
    """Field roles of one table: name, usual id, types and meaning of each."""
    made = []
    for name, default, types, meaning in given:
        key = f"{table}.{name}"
        DECLARED[key] = Declared("field", default, meaning, table, types)
        made.append(FieldRole(key))
    return tuple(made)


TEXT = frozenset({"text"})
ID = frozenset({"id"})
CODE = frozenset({"code"})
CODES = frozenset({"code", "codes"})
REF = frozenset({"ref", "refs"})
MONEY = frozenset({"amount"})
NUMBER = frozenset({"number", "integer", "amount", "share"})
SHARE = frozenset({"share", "number"})
DAY = frozenset({"date"})
YEAR = frozenset({"year", "integer"})


# ------------------------------------------------------------------------------------- code lists
RESPONDENTS = _list("respondents", "lan", "who reports; one return each")
NIL_TABLES = _list("nil_tables", "tabell", "the tables that may be left empty, in their order")
YES_NO = _list("yes_no", "janej", "yes and no")
AREA_CODES = _list("area_codes", "verksamhetskod", "what money is booked on")
COST_KINDS = _list("cost_kinds", "kostnadsslag", "what money went to")
NATURES = _list("natures", "utgiftkostnad", "whether a line is expenditure or cost")
ITEMS = _list("items", "anslagspost", "items of an appropriation")
EARMARK_STATES = _list("earmark_states", "sarredovisning", "how an area's spend is reported")
INDICATORS = _list("indicators", "indikator", "what is counted, with unit and decimals")
SEXES = _list("sexes", "kon", "sexes, and all of them")
AGES = _list("ages", "alder", "age groups, and all of them")
LEVELS = _list("levels", "niva", "how large an area a number is about")
STATES = _list("activity_states", "status", "how far an activity has come")
OBJECTIVES = _list("objectives", "malsattning", "the strategy's objectives")
ACTIVITY_KINDS = _list("activity_kinds", "aktivitetstyp", "kinds of activity")
MUNICIPALITIES = _list("municipalities", "kommun", "municipalities, and other places")
BASES = _list("bases", "fordelningsgrund", "how a shared cost is divided")

YES = _code(YES_NO, "yes", "JA", "yes")
GRANT = _code(COST_KINDS, "grant", "BID", "a grant: its line names who got it")
OVERHEAD = _code(COST_KINDS, "overhead", "OH", "overhead")
EXPENDITURE = _code(NATURES, "expenditure", "U", "utgift")
COST = _code(NATURES, "cost", "K", "kostnad")
NOTHING_SPENT = _code(EARMARK_STATES, "nothing_spent", "NOLL", "no spend during the year")
NOT_SEPARATE = _code(EARMARK_STATES, "not_separate", "EJ", "not on a code of its own")
SEPARATE = _code(EARMARK_STATES, "separate", "SÄR", "on a code of its own")
ALL_SEXES = _code(SEXES, "all_sexes", "T", "all sexes together")
ALL_AGES = _code(AGES, "all_ages", "A", "all ages together")
OWN_LEVEL = _code(LEVELS, "own_level", "L", "all of the respondent's own area")
DONE = _code(STATES, "done", "K", "an activity that is finished")
ONGOING = _code(STATES, "ongoing", "PÅ", "an activity that goes on at the end of the year")

# ------------------------------------------------------------------------------------------ tables
RETURN = _table("return", "uppgifter", "who reports, for which year, and who has approved it")
(
    RETURN_RESPONDENT, RETURN_YEAR, RETURN_APPROVED, RETURN_APPROVER, RETURN_CONTACT, RETURN_EMAIL,
    RETURN_PHONE,
) = _fields(
    RETURN,
    ("respondent", "lan", CODE, "whose return it is"),
    ("year", "ar", YEAR, "the year that it is for"),
    ("approved", "godkand_datum", DAY, "when it was approved: the latest counts"),
    ("approver", "godkand_av", TEXT, "who has approved it"),
    ("contact", "kontakt_namn", TEXT, "whom to ask"),
    ("email", "kontakt_epost", TEXT, "the contact's address"),
    ("phone", "kontakt_telefon", TEXT, "the contact's telephone"),
)  # fmt: skip

NIL = _table("nil", "inget", "which tables the respondent has nothing to report in")
NIL_TABLE, NIL_ANSWER, NIL_REASON = _fields(
    NIL,
    ("table", "tabell", CODE, "a table that may be left empty"),
    ("answer", "inget", CODE, "whether there is nothing to report"),
    ("reason", "skal", TEXT, "why there is nothing"),
)

SITUATION = _table("situation", "lagesbild", "how the problem looks in the county")
SITUATION_ID, SITUATION_TEXT, SITUATION_VIOLENCE = _fields(
    SITUATION,
    ("id", "id", ID, "its own id"),
    ("text", "beskrivning", TEXT, "what is seen"),
    ("violence", "valdsform", CODE, "the form of violence"),
)

GOAL = _table("goal", "mal", "the respondent's goals")
GOAL_ID, GOAL_SITUATION, GOAL_OBJECTIVE, GOAL_TEXT, GOAL_YEAR = _fields(
    GOAL,
    ("id", "id", ID, "its own id"),
    ("situation", "lagesbild_id", REF, "the situation that it starts from"),
    ("objective", "malsattning", CODE, "the objective that it belongs to"),
    ("text", "formulering", TEXT, "the goal in words"),
    ("year", "malar", YEAR, "when it is to be reached"),
)

ACTIVITY = _table("activity", "aktiviteter", "what has been done")
(
    ACTIVITY_ID, ACTIVITY_GOAL, ACTIVITY_HEADING, ACTIVITY_TEXT, ACTIVITY_KIND, ACTIVITY_VIOLENCE,
    ACTIVITY_STATE, ACTIVITY_START, ACTIVITY_END, ACTIVITY_CODE, ACTIVITY_RESULT,
    ACTIVITY_IS_EXAMPLE, ACTIVITY_EXAMPLE,
) = _fields(
    ACTIVITY,
    ("id", "id", ID, "its own id"),
    ("goal", "mal_id", REF, "the goal that it serves"),
    ("heading", "rubrik", TEXT, "its heading"),
    ("text", "beskrivning", TEXT, "what was done, for whom and how"),
    ("kind", "typ", CODE, "the kind of activity"),
    ("violence", "valdsform", CODE, "the form of violence"),
    ("state", "status", CODE, "how far it has come"),
    ("start", "start", DAY, "its first day"),
    ("end", "slut", DAY, "its last day"),
    ("code", "verksamhetskod", CODE, "the code that its spend is booked on"),
    ("result", "resultat", TEXT, "what it led to"),
    ("is_example", "gott_exempel", CODE, "whether the report may tell of it"),
    ("example", "exempeltext", TEXT, "how the report may tell of it"),
)  # fmt: skip

INDICATOR = _table("indicator", "indikatorer", "what has been counted")
(
    INDICATOR_ID, INDICATOR_CODE, INDICATOR_ACTIVITY, INDICATOR_GOAL, INDICATOR_LEVEL,
    INDICATOR_MUNICIPALITY, INDICATOR_SEX, INDICATOR_AGE, INDICATOR_VALUE, INDICATOR_BEFORE,
    INDICATOR_TARGET, INDICATOR_SOURCE, INDICATOR_COMMENT,
) = _fields(
    INDICATOR,
    ("id", "id", ID, "its own id"),
    ("code", "indikator", CODE, "what is counted"),
    ("activity", "aktivitet_id", REF, "the activity that it measures"),
    ("goal", "mal_id", REF, "the goal that it measures"),
    ("level", "niva", CODE, "county, municipality or country"),
    ("municipality", "kommun", CODE, "the municipality, at that level"),
    ("sex", "kon", CODE, "of which sex"),
    ("age", "alder", CODE, "of which age"),
    ("value", "varde", NUMBER, "the year's value"),
    ("before", "foregaende", NUMBER, "the value of the year before"),
    ("target", "malvarde", NUMBER, "the value aimed at"),
    ("source", "kalla", TEXT, "where it comes from"),
    ("comment", "kommentar", TEXT, "what explains it"),
)  # fmt: skip

SPEND = _table("spend", "ekonomi", "the year's spend, line by line")
(
    SPEND_ID, SPEND_CODE, SPEND_APPROPRIATION, SPEND_ITEM, SPEND_OBJECTIVE, SPEND_VIOLENCE,
    SPEND_KIND, SPEND_NATURE, SPEND_BUDGET, SPEND_AMOUNT, SPEND_SHARE, SPEND_BASIS, SPEND_ACTIVITY,
    SPEND_RECIPIENT, SPEND_COMMENT,
) = _fields(
    SPEND,
    ("id", "id", ID, "its own id"),
    ("code", "verksamhetskod", CODE, "the code that it is booked on"),
    ("appropriation", "anslag", CODE, "the appropriation that it burdens"),
    ("item", "anslagspost", CODE, "the item of that appropriation"),
    ("objective", "malsattning", CODE, "the objective that it serves"),
    ("violence", "valdsform", CODE, "the form of violence"),
    ("kind", "kostnadsslag", CODE, "what the money went to"),
    ("nature", "slag", CODE, "expenditure or cost"),
    ("budget", "budget", MONEY, "what was planned"),
    ("amount", "utfall", MONEY, "what was spent"),
    ("share", "andel", SHARE, "the county's share of a shared cost, per cent"),
    ("basis", "grund", CODE, "how a shared cost was divided"),
    ("activity", "aktivitet_id", REF, "the activity that it paid for"),
    ("recipient", "mottagare", TEXT, "who got a grant"),
    ("comment", "kommentar", TEXT, "what explains it"),
)  # fmt: skip

APPROPRIATION = _table("appropriation", "anslag", "the appropriation account, item by item")
(
    APPROPRIATION_ITEM, APPROPRIATION_OPENING, APPROPRIATION_ALLOTTED, APPROPRIATION_MOVED,
    APPROPRIATION_AVAILABLE, APPROPRIATION_SPENT,
    APPROPRIATION_CLOSING, APPROPRIATION_SUM, APPROPRIATION_DIFFERENCE, APPROPRIATION_COMMENT,
) = _fields(
    APPROPRIATION,
    ("item", "anslagspost", CODE, "the item"),
    ("opening", "ingaende", MONEY, "carried over from the year before"),
    ("allotted", "tilldelning", MONEY, "the year's allotment"),
    ("moved", "omdisponerat", MONEY, "moved to the item or from it"),
    ("available", "disponibelt", MONEY, "what there is to spend in all"),
    ("spent", "utgifter", MONEY, "the year's expenditure"),
    ("closing", "utgaende", MONEY, "carried over to the next year"),
    ("sum", "ekonomi", MONEY, "what the lines of spend add up to"),
    ("difference", "differens", MONEY, "what does not add up"),
    ("comment", "kommentar", TEXT, "what explains a difference"),
)  # fmt: skip

LEDGER = _table("ledger", "huvudbok", "what the respondent says of its ledger, code by code")
LEDGER_CODE, LEDGER_BOOKED, LEDGER_SUM, LEDGER_DIFFERENCE, LEDGER_COMMENT = _fields(
    LEDGER,
    ("code", "verksamhetskod", CODE, "the code"),
    ("booked", "huvudbok", MONEY, "what the ledger holds"),
    ("sum", "ekonomi", MONEY, "what the lines of spend add up to"),
    ("difference", "differens", MONEY, "what does not add up"),
    ("comment", "kommentar", TEXT, "what explains a difference"),
)

EARMARK = _table("earmark", "sarredovisning", "whether spend is reported on a code of its own")
EARMARK_AREA, EARMARK_STATE, EARMARK_AMOUNT, EARMARK_REASON = _fields(
    EARMARK,
    ("area", "omrade", CODE, "the area"),
    ("state", "status", CODE, "how its spend is reported"),
    ("amount", "belopp", MONEY, "what stands on its own code"),
    ("reason", "skal", TEXT, "why nothing does"),
)

ANSWERED_FROM: dict[ListRole, tuple[FieldRole, ...]] = {
    RESPONDENTS: (RETURN_RESPONDENT,),
    NIL_TABLES: (NIL_TABLE,),
    YES_NO: (NIL_ANSWER, ACTIVITY_IS_EXAMPLE),
    AREA_CODES: (SPEND_CODE, ACTIVITY_CODE, LEDGER_CODE),
    COST_KINDS: (SPEND_KIND,),
    NATURES: (SPEND_NATURE,),
    ITEMS: (SPEND_ITEM, APPROPRIATION_ITEM),
    EARMARK_STATES: (EARMARK_STATE,),
    INDICATORS: (INDICATOR_CODE,),
    SEXES: (INDICATOR_SEX,),
    AGES: (INDICATOR_AGE,),
    LEVELS: (INDICATOR_LEVEL,),
    STATES: (ACTIVITY_STATE,),
    OBJECTIVES: (GOAL_OBJECTIVE, SPEND_OBJECTIVE),
    ACTIVITY_KINDS: (ACTIVITY_KIND,),
    MUNICIPALITIES: (INDICATOR_MUNICIPALITY,),
    BASES: (SPEND_BASIS,),
}
"""The fields whose answers are a role's codes: they are answered from the role's list."""
