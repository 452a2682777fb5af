"""What is set (`set`) within a loop or a macro is lost after it: a chapter that counts so is refused."""

from __future__ import annotations

import pytest

AFTER = "”{}” sätts (set) i en for och används efter den, men det som sätts där gäller bara där. Räkna med rader(…) | length eller rader(…) | selectattr(…) | list | length, och fråga om någon finns med if rader(…)."
NEXT = "”{}” sätts (set) i en for, men vid varje nytt varv är ”{}” som före den. Räkna med rader(…) | length eller loop.index, lägg ihop med | sum(attribute='…'), jämför med raden före med loop.previtem och gruppera med groupby."
MACRO = "”{}” sätts (set) i ett macro, men det som sätts där gäller bara där. Ge macrot värdet inom parentesen och skriv ut det som macrot ger."
IN = "{% for r in rader('mal') %}"
END = "{% endfor %}"
NONE = "{% set n = 0 %}"
MORE = "{% set n = n + 1 %}"
WRONG = {
    "a_count": (NONE + IN + MORE + END + "{{ n }}", NEXT.format("n", "n")),
    "a_count_that_is_shown_within": (NONE + IN + MORE + "{{ n }}" + END, NEXT.format("n", "n")),
    "a_count_under_a_condition": (NONE + IN + "{% if r.malsattning == '1' %}" + MORE + "{% endif %}" + END + "{{ n }}", NEXT.format("n", "n")),
    "a_count_in_two_loops": (NONE + "{% for l in alla %}" + IN + MORE + END + END + "{{ n }}", NEXT.format("n", "n")),
    "a_count_for_each": ("{% for l in alla %}" + NONE + IN + MORE + END + "{{ n }}" + END, NEXT.format("n", "n")),
    "a_count_in_a_macro": ("{% macro m() %}" + NONE + IN + MORE + END + "{{ n }}{% endmacro %}{{ m() }}", NEXT.format("n", "n")),
    "what_was_before": ("{% set p = '' %}" + IN + "{% if r.id != p %}x{% endif %}{% set p = r.id %}" + END, NEXT.format("p", "p")),
    "that_there_is_one": ("{% set f = false %}" + IN + "{% set f = true %}" + END + "{% if f %}x{% endif %}", AFTER.format("f")),
    "that_there_is_one_in_two_loops": ("{% set f = false %}{% for l in alla %}" + IN + "{% set f = true %}" + END + END + "{{ 'x' if f }}", AFTER.format("f")),
    "that_is_asked_in_another_loop": ("{% set f = 'a' %}" + IN + "{% set f = 'b' %}" + END + "{% for l in alla %}{{ f }}" + END, AFTER.format("f")),
    "that_is_set_in_a_branch_before": ("{% if alla %}{% set f = 'a' %}{% endif %}" + IN + "{% set f = r.id %}" + END + "{{ f }}", AFTER.format("f")),
    "what_was_not_set_before": ("{% for l in alla %}{% set y = 1 %}{% endfor %}{{ y }}", AFTER.format("y")),
    "that_there_is_none": ("{% set f = true %}" + IN + "{{ r.id }}{% else %}{% set f = false %}" + END + "{{ f }}", AFTER.format("f")),
    "a_text_that_is_set": ("{% set x %}a{% endset %}" + IN + "{% set x %}b{% endset %}" + END + "{{ x }}", AFTER.format("x")),
    "that_is_asked_after_a_branch": ("{% set f = 'a' %}{% if alla %}" + IN + "{% set f = r.id %}" + END + "{% endif %}{{ f }}", AFTER.format("f")),
    "one_of_two_names": ("{% set a, b = 1, 2 %}" + IN + "{% set a, c = 3, 4 %}" + END + "{{ a }}", AFTER.format("a")),
    "a_count_by_a_macro": (NONE + "{% macro m() %}" + MORE + "{% endmacro %}{{ m() }}{{ n }}", MACRO.format("n")),
    "that_a_macro_has_found": ("{% set f = 'a' %}{% macro m() %}{% set f = 'b' %}{% endmacro %}{{ m() }}{{ f }}", MACRO.format("f")),
}  # fmt: skip
RIGHT = [
    "{% set n = 'a' %}{% if alla %}" + IN + "{% set n = r.id %}{{ n }}" + END + "{% else %}{{ n }}{% endif %}",
    IN + "{% set n = r.malar %}{{ n }}" + END,
    "{% set n = 'a' %}{{ n }}" + IN + "{% set n = r.id %}{{ n }}" + END,
    "{% set n = 'a' %}" + IN + "{% if r.malsattning == '1' %}{% set n = 'b' %}{% endif %}{{ n }}" + END,
    "{% set n = 'a' %}" + IN + "{% set n = r.id %}{{ n }}" + END + "{% set n = 'c' %}{{ n }}",
    "{% set n = 'a' %}{% if alla %}{% set n = 'b' %}{% elif redovisat %}{% set n = 'c' %}{% endif %}{{ n }}",
    NONE + MORE + "{{ n }}" + IN + "{{ n }}" + END,
    IN + "{% set n = r.id %}{{ n }}" + END + IN + "{% set n = r.id %}{{ n }}" + END,
    "{% set r = 'a' %}{{ r }}" + IN + "{{ r.id }}" + END + "{{ r }}",
    "{% for l in alla %}{% set n = rader('mal', lan=l) | length %}" + IN + "{{ n }}" + END + "{{ n }}" + END,
    "{% set n = 'a' %}{{ n }}{% macro m(n) %}{% set n = n ~ 'b' %}{{ n }}{% endmacro %}{{ m('x') }}{{ n }}",
    "{% set n = 'a' %}{% macro m() %}{% set n = 'b' %}{{ n }}{% endmacro %}{{ m() }}{{ n }}",
]  # fmt: skip


class DescribeWhatIsSet:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_refused_where_it_is_lost(self, faults, name):
        text, said = WRONG[name]
        assert faults(text) == [(3, said)]

    @pytest.mark.parametrize("text", RIGHT)
    def it_is_right_where_it_lasts(self, faults, text):
        assert faults(text) == []

    def it_is_told_with_the_line_where_it_is_set(self, faults):
        assert faults(f"{NONE}\n{IN}\n{MORE}\n{END}\n{{{{ n }}}}") == [(5, NEXT.format("n", "n"))]
