"""YAML that knows its lines."""

from __future__ import annotations

import unicodedata

import pytest

from toolkit.files.yaml import SpecError, read_yaml

TEXT = """\
blad:
  - id: mal
    rubrik: Mål
  - id: ekonomi
tomt:
"""


class DescribeTheLines:
    @pytest.mark.parametrize(
        ("place", "line"),
        [
            (("blad",), 1),
            (("blad", 0, "rubrik"), 3),
            (("blad", 1), 4),
            (("blad", 1, "finns", "inte"), 4),
            (("tomt",), 5),
            (("annat",), 1),
        ],
    )
    def it_knows_the_line_of_a_place_or_of_what_is_around_it(self, place, line):
        assert read_yaml(TEXT, "a.yaml").line_of(place) == line

    def it_gives_plain_data(self):
        data = read_yaml(TEXT, "a.yaml").data
        assert data == {"blad": [{"id": "mal", "rubrik": "Mål"}, {"id": "ekonomi"}], "tomt": None}

    def it_takes_an_empty_file_for_nothing(self):
        assert read_yaml("# bara en kommentar\n", "a.yaml").data == {}


class DescribeWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("a: 1\nb: ”HOT”\n", 2),
            ("a:\n  - {code: ”HOT”, label: Hotell}\n", 2),
            ("a: ”2020.1\n", 1),
            ("a: [x, “y”]\n", 1),
        ],
    )
    def it_is_a_text_in_quotation_marks_of_a_word_processor(self, text, line):
        with pytest.raises(SpecError, match=rf"a\.yaml, rad {line}: Citattecknen i ”"):
            read_yaml(text, "a.yaml")

    @pytest.mark.parametrize(
        "text", ["”Ja” räcker", "Svara ”ja”", "”ja” eller ”nej”", "'”ja”'", '"”ja”"']
    )
    def it_is_no_text_with_such_marks_inside_it(self, text):
        assert read_yaml(f"a: {text}\n", "a.yaml").data["a"].strip("'\"") == text.strip("'\"")

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("a:\n  b: 1\n\u00a0 c: 2\n", 3),
            ("a:\n\u00a0\u00a0b: 1\n  c: 2\n", 2),
            ("a: 1\n\u00a0\u00a0b: 1\n", 2),
        ],
    )
    def it_is_indented_with_blanks_that_are_not_broken(self, text, line):
        with pytest.raises(SpecError, match=rf"a\.yaml, rad {line}: Indraget är gjort med hårda"):
            read_yaml(text, "a.yaml")

    def it_is_a_key_that_stands_twice(self):
        with pytest.raises(SpecError, match=r"a\.yaml, rad 3: ”a” står redan på rad 1"):
            read_yaml("a: 1\nb: 2\na: 3\n", "a.yaml")

    @pytest.mark.parametrize("text", ["version: &a [*a]\n", "innehall: &a\n  mer: *a\n"])
    def it_is_something_that_contains_itself(self, text):
        with pytest.raises(
            SpecError, match=r"a\.yaml, rad \d: Det som används här \(\*\) innehåller sig"
        ):
            read_yaml(text, "a.yaml")

    def it_is_something_that_grows_without_end(self):
        lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
        with pytest.raises(SpecError, match="blir för stort"):
            read_yaml("\n".join(lines), "a.yaml")

    def it_is_what_is_no_yaml(self):
        with pytest.raises(SpecError, match=r"^a\.yaml, rad 2: "):
            read_yaml("a: 1\nb: [2\n", "a.yaml")

    def it_makes_nothing_of_a_tag(self):
        with pytest.raises(SpecError, match=r"a\.yaml, rad 1: "):
            read_yaml("a: !!python/object:os.system {}\n", "a.yaml")


BROKEN = {
    "tab": ("a:\n\tb: 1\n", 2, "Raden börjar med ett tabbtecken. Gör indraget med blanksteg."),
    "tab_in_a_mapping": ("a:\n  c: 1\n\tb: 1\n", 3, "Raden börjar med ett tabbtecken. Gör indraget med blanksteg."),
    "colon": ("a: En kort rubrik: kort\n", 1, "Ett kolon inne i en text tas för en ny uppgift. Sätt citattecken runt texten."),
    "at_sign": ("a: @b\n", 1, "En text kan inte börja med ”@”. Sätt citattecken runt den."),
    "percent": ("a: %b\n", 1, "En text kan inte börja med ”%”. Sätt citattecken runt den."),
    "open_bracket": ("a: [1, 2\nb: 3\n", 1, "En hakparentes, [, eller ett komma i listan saknas: listan slutar inte med ]."),
    "open_brace": ("a: {b: 1\nc: 3\n", 1, "Klammern { slutar inte med }, eller så saknas ett komma mellan uppgifterna."),
    "open_quotes": ('a: "b\nc: 3\n', 1, "Citattecknet avslutas inte."),
    "backslash": ('a: "b\\d"\n', 1, "Bakstrecket \\ betyder något särskilt inom dubbla citattecken."),
    "star": ("a: *b\n", 1, "En text kan inte börja med ”*”. Sätt citattecken runt den."),
    "star_in_a_list": ("a: [*]\n", 1, "En text kan inte börja med ”*”. Sätt citattecken runt den."),
    "exclamation": ("a: !b c\n", 1, "En text kan inte börja med ”!”. Sätt citattecken runt den."),
    "indent": ("a: 1\n  b: 2\n", 2, "Ett kolon inne i en text tas för en ny uppgift."),
    "outdent": ("a:\n    b: 1\n  c: 2\n", 3, "Indraget stämmer inte"),
    "no_colon": ("a: 1\nb\n", 2, "Ett kolon saknas efter ett namn."),
    "two_documents": ("a: 1\n---\nb: 1\n", 2, "Raden --- börjar en ny fil i filen. Ta bort den."),
    "a_list_for_a_name": ("? [a]\n: 1\n", 1, "Ett namn före kolon ska vara en text."),
    "no_date": ("a: 2020-13-45\n", 1, "”2020-13-45” är inget datum som finns. Rätta det (åååå-mm-dd), eller sätt citattecken runt det om det är en text."),
    "control": ("a: \x00\n", 1, "Filen innehåller ett tecken som inte kan stå i en textfil."),
}  # fmt: skip


class DescribeLettersThatAreWrittenAsTwoSigns:
    def it_reads_each_as_one(self):
        source = read_yaml(unicodedata.normalize("NFD", TEXT), "arbetsbok.yaml")
        assert source.data["blad"][0]["rubrik"] == "M\u00e5l"
        assert source.line_of(("blad", 0, "rubrik")) == 3


class DescribeYamlThatIsBroken:
    @pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
    @pytest.mark.parametrize("name", BROKEN)
    def it_is_told_in_swedish_with_advice(self, monkeypatch, name, loader):
        import yaml

        from toolkit.files import yaml as ours

        monkeypatch.setattr(ours, "_Loader", getattr(yaml, loader))
        text, line, reason = BROKEN[name]
        with pytest.raises(SpecError) as caught:
            read_yaml(text, f"{name}-{loader}.yaml")
        assert str(caught.value).startswith(f"{name}-{loader}.yaml, rad {line}: {reason}")

    def it_says_in_general_words_what_nobody_has_seen(self):
        from toolkit.files.brokenyaml import explain_yaml

        assert (
            explain_yaml("something new", "a: 1", 1, 0)
            == "Raden kan inte tolkas. Jämför med raderna runt den."
        )


class DescribeATimeOfDay:
    """Two numbers with a colon between are a single number to YAML, and to nobody else."""

    def it_is_read_as_it_is_written(self):
        source = read_yaml("a: 12:30\nb: [1:10, 190:20:30.15]\nc: 12\n", "a.yaml")
        assert source.data == {"a": "12:30", "b": ["1:10", "190:20:30.15"], "c": 12}
