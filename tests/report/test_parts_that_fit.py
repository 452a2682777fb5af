"""What is said of the same counties in one place fits together, with nobody, one, two, five and all of them: what they do or have
rests on work that goes on or is done; who has not known a number has said `u.s.`; two sums of one sentence are over the same
counties; those who have, who have not and who have nothing to report are all that there are; a number that several share is told
as each one's; and a heading says what the sentence below it says. The expected numbers follow from how the rows were made."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from tests.conftest import money_of
from tests.datasets import SPEC, row_of, small_dataset
from tests.report.oracle import SET, Year, contradictions, wrong_set
from tests.report.test_truth import section
from tests.sampled import sampled
from toolkit.analysis.records import (
    Activity,
    EarmarkStatement,
    Goal,
    IndicatorValue,
    Situation,
    SpendLine,
)
from toolkit.analysis.states import TableState
from toolkit.report.blocks import Chart, Heading
from toolkit.report.prose import compose_report
from toolkit.returns.submission import Missing, Record

EVERY = [one.code for one in SPEC.spec.counties]
COUNTS = (0, 1, 2, 5, 21)
CARRIES = {"K": True, "PÅ": True, "P": False, "I": False, Missing.BLANK: None}
"""Whether an activity of that state carries what is said to be done; of one without a state nobody knows."""
WORK = {"lagesbild", "mal", "aktiviteter", "indikatorer"}


def activity(county, row=6, **given):
    told = {"id": f"A{row}", "violence": "PMH", "kind": "UTB", "status": "K", "goal": "M1"}
    return row_of(Activity, county, row, **(told | given))


def indicator(county, code, value, row=6, **given):
    told = {"id": f"I{row}", "indicator": code, "value": value, "sex": "T", "age": "A"}
    return row_of(IndicatorValue, county, row, **(told | given))


def partner(row, *codes):
    """The row with these partners."""
    return with_answer(row, "samverkan", codes)


def with_answer(row, field, value):
    place = row.record.columns.index[field]
    typed = (*row.record.typed[:place], value, *row.record.typed[place + 1 :])
    return replace(row, record=Record(row.record.columns, row.row, typed, typed))


def with_nil(data, codes, *tables):
    """Some counties have declared that they have nothing to report in these tables."""
    states = [
        replace(one, tables={**one.tables, **dict.fromkeys(tables, TableState.NIL)})
        if one.code in codes
        else one
        for one in data.counties
    ]
    return replace(data, counties=tuple(states))


def report_of(data):
    return compose_report(money_of(data))


def said_in(report, *names):
    return " ¶ ".join(" ¶ ".join(section(report, name)) for name in names)


def sets_before(text, behind):
    return re.findall(f"({SET}) {behind}", text)


def fits(said, members, base, data):
    assert said, "meningen finns inte"
    for one in said:
        assert wrong_set(one, set(members), set(base), Year(data)) == ""


CHAPTERS = (
    "sammanfattning", "tillfalliga_uppdrag", "samverkan", "skola_rattsvasende", "kompetensutveckling", "efterfragan", "kommuner",
    "upprepat_vald", "kunskap_metod", "regionkoordinatorn", "mandat", "forandringsarbete", "synliggora",
)  # fmt: skip


class DescribeWorkThatIsNotDone:
    def rows(self, states):
        """Each county has one activity of everything, in the state given."""
        for code, state in zip(EVERY, states, strict=False):
            row = partner(activity(code, status=state), "POL", "RK", "KOM")
            row = with_answer(row, "perspektiv", "K")
            row = with_answer(row, "malgrupp", ("EKB",))
            yield with_answer(row, "yrkesgrupp", ("SKO", "BES"))

    @pytest.mark.parametrize(("count", "state"), sampled([*product(COUNTS, CARRIES)], 3))
    def it_is_told_of_those_alone_whose_work_goes_on_or_is_done(self, count, state):
        # Every second county has the state, the others are done.
        states = [state if place % 2 else "K" for place in range(count)]
        data = small_dataset(*self.rows(states), counties=EVERY[:count])
        own = {code for code, one in zip(EVERY, states, strict=False) if CARRIES[one]}
        known = {code for code, one in zip(EVERY, states, strict=False) if CARRIES[one] is not None}
        report = report_of(data)
        assert contradictions(report, data) == []
        if 2 * len(known) > count:
            for name, behind in (
                ("samverkan", "samverkar med polisen"), ("kommuner", "samverkar med kommuner inom området"),
                ("regionkoordinatorn", "samverkar med regionkoordinatorn"), ("mandat", "samverkar med polisen"),
                ("skola_rattsvasende", "har aktiviteter som vänder sig till skolan"), ("skola_rattsvasende", "vänder sig till beslutsfattare"),
                ("tillfalliga_uppdrag", "hade under 2020 aktiviteter, mot någon form av våld"),
                ("sammanfattning", "har minst en sådan aktivitet som pågår eller är klar"),
            ):  # fmt: skip
                fits(sets_before(said_in(report, name), behind), own, known, data)

    @pytest.mark.parametrize("count", COUNTS)
    @pytest.mark.parametrize("state", ["P", "I"])
    def it_carries_nothing_where_all_is_planned_or_called_off(self, count, state):
        data = small_dataset(*self.rows([state] * count), counties=EVERY[:count])
        report = report_of(data)
        assert contradictions(report, data) == []
        said = said_in(report, *CHAPTERS)
        for one in re.findall(
            rf"({SET}) (?:samverkar|har (?:aktiviteter|kampanjer|någon)|vänder)", said
        ):
            assert one.lower().startswith("ingen"), one
        headings = {one.text for one in report.blocks if isinstance(one, Heading)}
        assert "Regionkoordinatorn är en viktig aktör i länen" not in headings
        assert "Samverkan sker på flera olika nivåer" not in headings

    @pytest.mark.parametrize(
        ("states", "told"),
        [
            (["K", "PÅ"], "två aktiviteter mot mäns våld mot kvinnor."), (["I"], "en aktivitet mot mäns våld mot kvinnor, som är inställd."),
            (["P", "P"], "två aktiviteter mot mäns våld mot kvinnor, som båda är planerade."),
            (["I"] * 5, "fem aktiviteter mot mäns våld mot kvinnor, som alla är inställda."),
            (["P", "K", "I", "I"], "fyra aktiviteter mot mäns våld mot kvinnor, inräknat en som är planerad och två som är inställda."),
            (["K", "I"], "två aktiviteter mot mäns våld mot kvinnor, inräknat en som är inställd."),
        ],
    )  # fmt: skip
    def it_is_counted_where_activities_are_counted(self, states, told):
        rows = [activity("12", row, status=state) for row, state in enumerate(states, 6)]
        report = report_of(small_dataset(*rows, counties=["12"]))
        assert f"Sammanlagt redovisas {told}" in said_in(report, "sammanfattning")
        behind = told.partition("kvinnor")[2]
        assert re.search(
            rf"Länsstyrelserna redovisar \w+ aktivitet\w* för 2020{behind}",
            said_in(report, "omfattning"),
        )

    @pytest.mark.parametrize("state", CARRIES)
    def it_makes_no_chain(self, state):
        rows = [
            row_of(Situation, "12", 6, id="L1"), row_of(Goal, "12", 6, id="M1", situation="L1"), activity("12", status=state, result="Det ledde till mycket."),
            indicator("12", "1", Decimal(7), activity="A6"),
        ]  # fmt: skip
        rows[0] = with_answer(rows[0], "valdsform", "PMH")
        data = small_dataset(*rows, counties=["12"])
        said = said_in(report_of(data), "sammanhang")
        expected = {
            True: "Länsstyrelsen Skåne har minst en kedja",
            False: "Ingen länsstyrelse vars uppgifter ingår har någon kedja",
            None: "Hur många länsstyrelser som har någon kedja",
        }
        assert expected[CARRIES[state]] in said

    @pytest.mark.parametrize("state", CARRIES)
    def it_is_not_told_as_an_example_of_what_was_done(self, state):
        text = "har tillsammans med polisen utbildat socialsekreterare i elva kommuner i länet."
        result = "Socialsekreterarna i elva kommuner fick en ny handbok om köp av sex."
        given = {"good_example": "JA", "example": text, "title": "Utbildningen", "result": result}
        row = activity("12", status=state, **given)
        report = report_of(small_dataset(row, counties=["12"]))
        chapters = said_in(report, "kompetensutveckling", "samverkan", "kompetens")
        assert (text[:-1] in chapters or result in chapters) == (CARRIES[state] is True)
        title = {"P": "Utbildningen (planerad).", "I": "Utbildningen (inställd)."}
        assert title.get(state, "Utbildningen.") in said_in(report, "lan_12")


class DescribeNumbersThatAreNotKnown:
    @pytest.mark.parametrize("count", COUNTS)
    def it_says_so_of_those_who_have_said_that_they_do_not_know(self, count):
        values = (Missing.UNKNOWN, Missing.NOT_APPLICABLE, Decimal(7))
        given = {code: values[place % 3] for place, code in enumerate(EVERY[:count])}
        rows = [indicator(code, "9", value) for code, value in given.items()]
        data = small_dataset(*rows, counties=EVERY[:count])
        report = report_of(data)
        assert contradictions(report, data) == []
        unknown = {code for code, value in given.items() if value is Missing.UNKNOWN}
        behind = "har inte kunnat ange värdet"
        said = sets_before(said_in(report, "sammanhang"), behind)
        if unknown:
            fits(said, unknown, given, data)
        else:
            assert said == []

    def it_does_not_say_it_where_a_number_does_not_apply(self):
        row = indicator("12", "9", Missing.NOT_APPLICABLE)
        report = report_of(small_dataset(row, counties=["12"]))
        assert "har inte kunnat ange värdet" not in said_in(report, "sammanhang")

    def it_quotes_a_county_once_where_it_gives_the_same_reason_again(self):
        why = "Uppgiften har inte gått att få fram från kommunerna i länet."
        rows = [
            with_answer(indicator("12", code, Missing.UNKNOWN, row), "kommentar", why)
            for row, code in enumerate(("9", "10", "12"), 6)
        ]
        report = report_of(small_dataset(*rows, counties=["12"]))
        assert said_in(report, "sammanhang").count(why) == 1


PAIRS = [
    ("1", "2", "kompetensutveckling", r"utbildningstillfällen?[^.]* med "),
    ("5", "6", "kommuner", r"under året[^.]*, och "),
    ("23", "24", "upprepat_vald", "genom Mika och"),
]


class DescribeTwoSums:
    @pytest.mark.parametrize(
        ("count", "pair", "alike"), sampled([*product(COUNTS, PAIRS, [True, False])], 3)
    )
    def it_joins_them_where_they_are_over_the_same_counties(self, count, pair, alike):
        one, other, name, joined = pair
        own = EVERY[:count]
        rows = [activity(code) for code in own]
        rows += [indicator(code, one, Decimal(70), activity="A6") for code in own]
        # Otherwise the first county does not know the other number, and the last one alone where it is by itself.
        left = own if alike or count < 2 else own[1:]
        rows += [indicator(code, other, Decimal(60), 7, activity="A6") for code in left]
        rows += [
            indicator(code, other, Missing.UNKNOWN, 7, activity="A6")
            for code in own
            if code not in left
        ]
        data = small_dataset(*rows, counties=own)
        report = report_of(data)
        assert contradictions(report, data) == []
        said = said_in(report, name)
        if not count:
            assert "sammanlagt" not in said
            return
        assert bool(re.search(joined, said)) == (left == own)
        if left != own:
            sums = re.findall(rf", enligt uppgifter från ({SET})\.", said)
            assert [wrong_set(sums[0], set(own), set(own), Year(data))] == [""]
            assert [wrong_set(sums[1], set(left), set(own), Year(data))] == [""]

    def it_keeps_apart_what_no_county_has_both_of(self):
        rows = [
            indicator("12", "1", Decimal(0)), indicator("14", "1", Missing.UNKNOWN), indicator("14", "2", Decimal(20), 7),
        ]  # fmt: skip
        said = said_in(
            report_of(small_dataset(*rows, counties=["12", "14"])), "kompetensutveckling"
        )
        assert "noll utbildningstillfällen, alla former av våld inräknade, enligt uppgifter från länsstyrelsen Skåne." in said  # fmt: skip
        assert "sammanlagt 20 utbildade personer, alla former av våld inräknade, enligt uppgifter från länsstyrelsen Västra Götaland." in said  # fmt: skip


class DescribeThoseWhoHaveAndThoseWhoHaveNot:
    @pytest.mark.parametrize(("count", "nothing"), sampled([*product(COUNTS, [0, 1, 2])]))
    def it_accounts_for_all_where_it_tells_of_kommuner(self, count, nothing):
        own = EVERY[:count]
        nil = own[len(own) - min(nothing, max(count - 1, 0)) :] if nothing else []
        has = [code for place, code in enumerate(own) if place % 2 == 0 and code not in nil]
        lacks = [code for code in own if code not in has and code not in nil]
        rows = [partner(activity(code), "KOM") for code in has]
        rows += [partner(activity(code), "SIS") for code in lacks]
        data = with_nil(small_dataset(*rows, counties=own), nil, "aktiviteter")
        report = report_of(data)
        assert contradictions(report, data) == []
        if not has:
            return
        said = said_in(report, "kommuner")
        parts = (
            (has, "samverkar med kommuner inom området"), (lacks, "gör det inte"), (nil, "har inga aktiviteter att redovisa"),
        )  # fmt: skip
        for members, behind in parts:
            if members:
                fits(sets_before(said, behind), members, own, data)
            else:
                assert sets_before(said, behind) == []

    @pytest.mark.parametrize(("count", "nothing"), sampled([*product(COUNTS, [0, 1, 2])]))
    def it_accounts_for_all_where_it_tells_of_chains(self, count, nothing):
        own = EVERY[:count]
        nil = own[len(own) - min(nothing, max(count - 1, 0)) :] if nothing else []
        has = [code for place, code in enumerate(own) if place % 2 == 0 and code not in nil]
        lacks = [code for code in own if code not in has and code not in nil]
        rows = []
        for code in has:
            rows += [with_answer(row_of(Situation, code, 6, id="L1"), "valdsform", "PMH")]
            rows += [row_of(Goal, code, 6, id="M1", situation="L1"), activity(code)]
            rows += [indicator(code, "9", Decimal(3), activity="A6")]
        rows += [activity(code, goal="M9") for code in lacks]
        data = with_nil(small_dataset(*rows, counties=own), nil, "indikatorer")
        report = report_of(data)
        assert contradictions(report, data) == []
        if not has:
            return
        for name, behind in (("sammanhang", "saknar en sådan kedja"), ("sammanfattning", None)):
            said = said_in(report, name)
            fits(sets_before(said, "har minst en kedja"), has, own, data)
            told = sets_before(said, behind) if behind else re.findall(r"vilket gäller ([^,]+?(?:\([^)]*\))?), går det inte", said)  # fmt: skip
            assert bool(told) == bool(lacks)
            left = sets_before(said, "har inget att redovisa i minst ett av leden")
            if nil:
                fits(left, nil, own, data)
            else:
                assert left == []


def alternative(rows, counties):
    report = report_of(small_dataset(*rows, counties=counties))
    return next(
        one.alternative
        for one in report.blocks
        if isinstance(one, Chart) and one.id == "malsattningar"
    ).replace("\u00a0", " ")


class DescribeTheAlternativeTextOfTheGoals:
    @pytest.mark.parametrize(
        ("numbers", "told"),
        [
            ((0, 0, 0, 0), "Det finns inga uppgifter att visa."),
            ((3, 1, 0, 2), "Flest aktiviteter, 3, hör till målsättning 1 – {1}. Av dem gäller 3 prostitution och människohandel. Minst antal, 0, hör till målsättning 3 – {3}."),
            ((0, 0, 2, 2), "Flest aktiviteter, 2 vardera, hör till målsättning 3 – {3} och 4 – {4}. Av dem gäller sammanlagt 4 prostitution och människohandel. Minst antal, 0 vardera, hör till målsättning 1 – {1} och 2 – {2}."),
            ((1, 0, 0, 0), "Flest aktiviteter, 1, hör till målsättning 1 – {1}. Av dem gäller 1 prostitution och människohandel. Minst antal, 0 vardera, hör till målsättning 2 – {2}, 3 – {3} och 4 – {4}."),
            ((2, 2, 2, 2), "Till varje målsättning hör lika många aktiviteter, 2. Av alla aktiviteter gäller sammanlagt 8 prostitution och människohandel."),
        ],
    )  # fmt: skip
    def it_tells_a_number_that_several_have_as_each_ones(self, numbers, told):
        labels = {one.code: one.label for one in SPEC.spec.lists["malsattning"].codes}
        rows = [row_of(Goal, "12", place, id=f"M{place}", aim=str(place)) for place in range(1, 5)]
        for place, number in enumerate(numbers, 1):
            rows += [
                activity("12", 10 * place + n, id=f"A{place}{n}", goal=f"M{place}")
                for n in range(number)
            ]
        filled = re.sub(r"\{(\d)\}", lambda found: labels[found[1]], told)
        assert filled in alternative(rows, ["12"])


class DescribeTheHeadingOnWhatWasSpent:
    def rows(self, verdicts):
        for code, verdict in verdicts.items():
            spent = {"id": "E1", "post": "LK", "kind": "LÖN", "basis": "K", "outcome": Decimal(90)}
            if verdict == "sarredovisat":
                yield row_of(SpendLine, code, 6, code="PM", violence="PMH", **spent)
                yield row_of(EarmarkStatement, code, 6, area="PM", status="SÄR", amount=Decimal(90))
            elif verdict == "sammanslaget":
                yield row_of(SpendLine, code, 6, code="VN", violence="PMH", **spent)
                yield row_of(EarmarkStatement, code, 6, area="PM", status="EJ", reason="Det gick inte.")  # fmt: skip
            else:
                nought = {"area": "PM", "status": "NOLL", "amount": Decimal(0)}
                yield row_of(EarmarkStatement, code, 6, **nought, reason="Inget har kostat något.")

    @pytest.mark.parametrize(
        ("count", "apart", "elsewhere"), sampled([*product(COUNTS, [0, 1, "alla"], [0, 1])])
    )
    def it_says_what_the_sentence_below_says(self, count, apart, elsewhere):
        own = EVERY[:count]
        other = own[:elsewhere]
        rest = own[elsewhere:]
        on_code = rest if apart == "alla" else rest[:apart]
        verdicts = dict.fromkeys(own, "noll") | dict.fromkeys(on_code, "sarredovisat")
        verdicts |= dict.fromkeys(other, "sammanslaget")
        data = small_dataset(*self.rows(verdicts), counties=own)
        report = report_of(data)
        assert contradictions(report, data) == []
        heading, *said = section(report, "resurser")
        behind = "redovisar 2020 alla sina utgifter för området på den egna koden"
        if own:
            fits(sets_before(" ".join(said), behind), on_code, own, data)
        nothing = [code for code in own if verdicts[code] == "noll"]
        if nothing:
            behind = "har uppgett att inga utgifter inom området finns"
            fits(sets_before(" ".join(said), behind), nothing, own, data)
        if not own:
            assert heading == "Utgifterna för prostitution och människohandel"
        elif other:
            assert heading.startswith("Ovisst")
        elif not on_code:
            assert heading == "Inga utgifter för prostitution och människohandel redovisas"
        elif count < 21:
            assert heading == "De redovisade utgifterna för prostitution och människohandel går att följa"  # fmt: skip
        else:
            assert heading == "Utgifterna för prostitution och människohandel går att följa"


class DescribeSentencesOnFew:
    @pytest.mark.parametrize(("count", "told"), [(1, "Den"), (2, "De")])
    def it_speaks_of_one_as_of_one(self, count, told):
        report = report_of(small_dataset(activity("12"), counties=EVERY[count:]))
        assert f"{told} ingår inte i de andelar som anges." in said_in(report, "genomforande")

    def it_speaks_of_all_as_of_all(self):
        report = report_of(small_dataset())
        said = " ".join(str(one) for one in report.blocks)
        assert "21 av de 21" not in said
        assert "Redovisning saknas från samtliga 21 länsstyrelser." in said

    @pytest.mark.parametrize("count", COUNTS[1:])
    def it_names_those_who_are_few(self, count):
        own = EVERY[:count]
        has = own[: max(1, 2 * count // 5)]
        rows = [partner(activity(code), "POL" if code in has else "SIS") for code in own]
        data = small_dataset(*rows, counties=own)
        said = sets_before(said_in(report_of(data), "samverkan"), "samverkar med polisen")
        fits(said, has, own, data)
        if 1 < len(has) <= 4 and has != own and 2 * len(has) < count:
            assert "Stockholm" in said[0]

    @pytest.mark.parametrize(
        # The number is 10: which way a target lies, the year before says.
        ("target", "before", "joined"), [(8, 5, "och"), (50, 5, "men"), (12, 50, "men"), (50, 20, "och")]
    )  # fmt: skip
    @pytest.mark.parametrize("both", [1, 2, 5])
    def it_says_who_has_reached_a_target_of_those_who_have_one(self, target, before, joined, both):
        given = {"target": Decimal(target), "before": Decimal(before)}
        own = EVERY[:5]
        rows = [
            indicator(code, "9", Decimal(10), **(given if place < both else {}))
            for place, code in enumerate(own)
        ]
        # A second target, so that targets are spoken of.
        rows += [indicator(own[0], "10", Decimal(1), 9, target=Decimal(1))]
        data = small_dataset(*rows, counties=own)
        report = report_of(data)
        assert contradictions(report, data) == []
        said = said_in(report, "sammanhang")
        assert (
            f", {joined} " in re.search(r"[^.]* har nått sitt målvärde[^.]*möten[^.]*\.", said)[0]
        )
        assert "vars uppgifter ingår har nått" not in said

    def it_writes_a_quotation_within_a_quotation_with_single_marks(self):
        text = 'Länet kallar arbetet ”Du avgör” och "Din sak" i alla elva kommuner.'
        row = with_answer(row_of(Situation, "12", 6, id="L1"), "valdsform", "PMH")
        row = with_answer(with_answer(row, "perspektiv", ("U",)), "beskrivning", text)
        said = said_in(report_of(small_dataset(row, counties=["12"])), "lagesbilder")
        assert "”Länet kallar arbetet ’Du avgör’ och ’Din sak’ i alla elva kommuner.”" in said


def it_has_the_states_that_the_year_has():
    codes = {one.code for one in SPEC.spec.lists["status"].codes}
    assert codes == {one for one in CARRIES if isinstance(one, str)}
