"""What differs between two years' specs, as facts that a text can be made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.continuity import attribute_changes
from toolkit.spec.model import Computed, Earmark, Field, SheetSpec, Spec, TableSpec

_COMPARED = (
    "type", "required", "unique", "list", "ref", "choices", "minimum", "maximum", "pattern",
    "min_length", "max_length", "unit", "specials", "scope", "personal", "help",
)  # fmt: skip
_OF_WHOLE = ("title", "agency", "unknown", "not_applicable", "total_words", "person_words")
_OF_TABLE = ("kind", "rows_from", "capacity", "nil_allowed")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `kind` names the sentence that tells it; `parts` fill it in."""

    kind: str
    parts: tuple[tuple[str, str], ...]


def differences(old: Spec, new: Spec) -> list[Difference]:
    """All differences: of the whole, then sheets and tables, code lists, areas and limits. Texts in
    which only the year differs are the same."""
    return [
        *_whole(old, new),
        *_sheets(old, new),
        *_tables(old, new),
        *_lists(old, new),
        *_areas(old, new),
        *_limits(old, new),
    ]


def _whole(old: Spec, new: Spec) -> Iterator[Difference]:
    """What holds for the workbook as a whole."""
    for name in _OF_WHOLE:
        was, now = getattr(old, name), getattr(new, name)
        if was != now and not _is_same_but_year(was, now, old, new):
            yield _tell(f"helhet.{name}", was=_listed(was), now=_listed(now))
    for name in new.empty_texts.__class__.model_fields:
        before, after = (getattr(spec.empty_texts, name) for spec in (old, new))
        if before != after:
            yield _tell("helhet.empty_texts", was=_listed(before), now=_listed(after))
    if old.respondent != new.respondent:
        yield _tell("helhet.respondent", was=_called(old), now=_called(new))


def _called(spec: Spec) -> str:
    return spec.respondent.plural if spec.respondent else "–"


def _is_same_but_year(was: object, now: object, old: Spec, new: Spec) -> bool:
    """Whether two texts are the same but for the year that each speaks of."""
    later = new.year - old.year
    years = "|".join(str(old.year + step) for step in (-1, 0, 1))
    moved = re.sub(rf"\b({years})\b", lambda found: str(int(found[0]) + later), str(was))
    return moved == str(now)


def _sheets(old: Spec, new: Spec) -> Iterator[Difference]:
    """Sheets that are new, gone, called something else, say something else or come elsewhere."""
    was, now = ({sheet.id: sheet for sheet in spec.sheets} for spec in (old, new))
    for name, sheet in now.items():
        if name not in was:
            yield _tell("blad_nytt", sheet=sheet.label)
        else:
            yield from _of_sheet(was[name], sheet, old, new)
    for name, sheet in was.items():
        if name not in now:
            yield _tell("blad_borta", sheet=sheet.label)
    yield from _order(was, now)


def _of_sheet(before: SheetSpec, after: SheetSpec, old: Spec, new: Spec) -> Iterator[Difference]:
    if before.label != after.label:
        yield _tell("blad_namn", was=before.label, now=after.label)
    said, says = ((sheet.intro, *sheet.paragraphs) for sheet in (before, after))
    if not _is_same_but_year(said, says, old, new):
        yield _tell("blad_text", sheet=after.label)


def _order(was: Mapping[str, SheetSpec], now: Mapping[str, SheetSpec]) -> Iterator[Difference]:
    """The order of the sheets that both years have."""
    if _in_both(was, now) != _in_both(now, was):
        yield _tell("blad_ordning", order=", ".join(sheet.label for sheet in now.values()))


def _in_both(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """The names of one that the other has too, in the order of the one."""
    return [name for name in one if name in other]


def _tables(old: Spec, new: Spec) -> Iterator[Difference]:
    for name, table in new.tables.items():
        if name not in old.tables:
            yield _tell("tabell_ny", table=table.label)
        else:
            yield from _moved(old.sheet_of[name], new.sheet_of[name], table)
            yield from _of_table(old.tables[name], table)
            yield from _fields(old.tables[name], table)
            yield from _rules(old.tables[name], table)
    for name, table in old.tables.items():
        if name not in new.tables:
            yield _tell("tabell_borta", table=table.label)


def _moved(before: SheetSpec, after: SheetSpec, table: TableSpec) -> Iterator[Difference]:
    """A table that stands on another sheet."""
    if before.id != after.id:
        yield _tell("tabell_flyttad", table=table.label, was=before.label, now=after.label)


def _of_table(before: TableSpec, after: TableSpec) -> Iterator[Difference]:
    """A table's own properties, beside its fields and rules."""
    if before.label != after.label:
        yield _tell("tabell_namn", was=before.label, now=after.label)
    for name in _OF_TABLE:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield _tell(f"tabell.{name}", table=after.label, was=_shown(was), now=_shown(now))


def _fields(before: TableSpec, after: TableSpec) -> Iterator[Difference]:
    for name, field in after.by_id.items():
        if _is_of_both(name, before, after):
            yield from _properties(after, before.by_id[name], field)
        else:
            kind = "falt_nytt_krav" if field.required else "falt_nytt"
            yield _tell(kind, table=after.label, field=field.label, help=field.help)
    for name, field in before.by_id.items():
        if not _is_of_both(name, before, after):
            yield _tell("falt_borta", table=after.label, field=field.label)
    if _in_both(before.by_id, after.by_id) != _in_both(after.by_id, before.by_id):
        order = ", ".join(field.label for field in after.fields)
        yield _tell("falt_ordning", table=after.label, order=order)


def _is_of_both(name: str, before: TableSpec, after: TableSpec) -> bool:
    """Whether two years' tables have the same field of an id, though some of it is changed. One
    that is called something else, and not by a change of its heading, and is answered otherwise,
    is another field that was given the id of one that is gone."""
    was, now = before.by_id.get(name), after.by_id.get(name)
    if was is None or now is None:
        return False
    is_called_the_same = was.label == now.label or was.label in now.aliases
    return is_called_the_same or _answer_of(was) == _answer_of(now)


def _answer_of(field: Field) -> tuple[str | None, ...]:
    return field.type, field.list, field.ref


def _rules(before: TableSpec, after: TableSpec) -> Iterator[Difference]:
    for rule in after.rules:
        if rule not in before.rules:
            yield _tell("regel_ny", table=after.label, code=rule.code, fields=", ".join(rule.named))
    for rule in before.rules:
        if rule not in after.rules:
            fields = ", ".join(rule.named)
            yield _tell("regel_borta", table=after.label, code=rule.code, fields=fields)


def _properties(table: TableSpec, before: Field, after: Field) -> Iterator[Difference]:
    if before.label != after.label:
        yield _tell("falt_namn", table=table.label, field=before.label, now=after.label)
    for name in _COMPARED:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            told = {"was": _shown(was), "now": _shown(now)}
            yield _tell(f"egenskap.{name}", table=table.label, field=after.label, **told)
    if before.computed != after.computed:
        told = {"was": _reckoned(before.computed), "now": _reckoned(after.computed)}
        yield _tell("egenskap.computed", table=table.label, field=after.label, **told)


def _reckoned(rule: Computed | None) -> str:
    """How a field is reckoned, by the ids of the fields that it follows from.

    >>> _reckoned(Computed(plus=("utgifter", "moms"), minus=("ekonomi",)))
    'utgifter + moms − ekonomi'
    """
    if rule is None:
        return "–"
    if rule.sum_of is not None:
        per = ", ".join(f"{theirs} = {own}" for theirs, own in rule.where.items())
        return f"{rule.sum_of} ({per})" if per else rule.sum_of
    return " + ".join(rule.plus) + "".join(f" − {name}" for name in rule.minus)


def _lists(old: Spec, new: Spec) -> Iterator[Difference]:
    for name, codelist in new.lists.items():
        if name in old.lists:
            yield from _of_list(old.lists[name], codelist)
            yield from _codes(old, new, old.lists[name], codelist)
        else:
            yield _tell("lista_ny", list=codelist.label)
    for name, codelist in old.lists.items():
        if name not in new.lists:
            yield _tell("lista_borta", list=codelist.label)


def _of_list(before: CodeList, after: CodeList) -> Iterator[Difference]:
    if before.label != after.label:
        yield _tell("lista_namn", was=before.label, now=after.label)


def _codes(old: Spec, new: Spec, before: CodeList, after: CodeList) -> Iterator[Difference]:
    was = {code.code: code for code in before.valid_in(old.year)}
    now = {code.code: code for code in after.valid_in(new.year)}
    yield from _only_in(now, was, "kod_ny", after)
    yield from _only_in(was, now, "kod_slut", after)
    yield from _renamed(after, was, now)
    yield from _described_otherwise(after, was, now)


def _only_in(
    one: Mapping[str, Code], other: Mapping[str, Code], kind: str, codelist: CodeList
) -> Iterator[Difference]:
    for name, code in one.items():
        if name not in other:
            yield _tell(kind, list=codelist.label, code=code.shown)


def _renamed(
    codelist: CodeList, was: Mapping[str, Code], now: Mapping[str, Code]
) -> Iterator[Difference]:
    for name, code in was.items():
        if name in now and code.label != now[name].label:
            labels = {"was": code.label, "now": now[name].label}
            yield _tell("kod_namn", list=codelist.label, code=name, **labels)


def _described_otherwise(
    codelist: CodeList, was: Mapping[str, Code], now: Mapping[str, Code]
) -> Iterator[Difference]:
    """What else is known of a code that both years have. Two years' numbers of an indicator that
    is counted otherwise are not laid beside each other, and nobody sees why but here."""
    for name, code in was.items():
        if name in now:
            for attribute, before, after in attribute_changes(code, now[name]):
                told = {"attribute": attribute, "was": _shown(before), "now": _shown(after)}
                yield _tell("kod_egenskap", list=codelist.label, code=name, **told)


def _areas(old: Spec, new: Spec) -> Iterator[Difference]:
    """What must be reported on a code of its own."""
    was, now = ({area.id: area for area in spec.earmarks} for spec in (old, new))
    for name, area in now.items():
        if name not in was:
            yield _tell("omrade_nytt", area=area.label, code=area.code)
        else:
            yield from _of_area(was[name], area)
    for name, area in was.items():
        if name not in now:
            yield _tell("omrade_borta", area=area.label, code=area.code)


def _of_area(before: Earmark, after: Earmark) -> Iterator[Difference]:
    for name in Earmark.model_fields:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            told = {"was": _listed(was), "now": _listed(now)}
            yield _tell(f"omrade.{name}", area=after.label, **told)


def _listed(value: object) -> str:
    """Words with commas between them; answers behind the fields that they are to.

    >>> _listed(("sexköp", "koppleri")), _listed({"ekonomi.valdsform": ("PMH",)}), _listed(())
    ('sexköp, koppleri', 'ekonomi.valdsform: PMH', '–')
    """
    if isinstance(value, dict):
        return _shown("; ".join(f"{name}: {_listed(one)}" for name, one in value.items()))
    if isinstance(value, tuple):
        return _shown(", ".join(map(str, value)))
    return _shown(value)


def _limits(old: Spec, new: Spec) -> Iterator[Difference]:
    for name in type(new.limits).model_fields:
        was, now = getattr(old.limits, name), getattr(new.limits, name)
        if was != now:
            yield _tell(f"grans.{name}", was=_shown(was), now=_shown(now))


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return str(value)


def _tell(kind: str, **parts: str) -> Difference:
    return Difference(kind, tuple(parts.items()))
