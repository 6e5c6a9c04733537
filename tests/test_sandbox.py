"""What a template may use, what it prints, and that it can use up neither time nor memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.environment import TemplateMistake
from cpreport.compose.printed import Blocks
from cpreport.compose.quantity import Quantity
from cpreport.compose.sandbox import compose_text
from cpreport.model.document import Block, Heading, List, Note, Paragraph, Span, Table, plain
from cpreport.model.finding import Finding, Place

from .examples import examples

START = Place(file="standard.md", line=1)


class Now:
    value = Quantity(Fraction(616, 10), 1)
    count = None

    def __str__(self) -> str:
        return "61.6 (604)"


class Indicator:
    now = Now()
    title = "R&D"

    def mean(self, periods: int) -> Quantity:
        raise TemplateMistake(f"no mean of {periods}: Mar 23 is missing")

    @property
    def previous(self) -> Now:
        raise TemplateMistake("there is no period before Jul 23")


def indicator(id: str) -> Indicator:
    if id != "children":
        raise TemplateMistake(f"no indicator '{id}'")
    return Indicator()


class Section:
    title = "Children *in* care"
    indicators = ("a", "b", "c")
    slots = tuple(range(300))


CONTEXT: dict[str, object] = {
    "about": {"Team": "R&D <5 *x* {{ y }} | z", "items": "a key"},
    "section": Section(),
    "indicator": indicator,
    "narrative": lambda title: Blocks((Heading(1, (Span(title),)), Paragraph((Span("words"),)))),
}


def composed(source: str) -> tuple[tuple[Block, ...], list[Finding]]:
    return compose_text(source, CONTEXT, START)


def printed(source: str) -> str:
    blocks, findings = composed(source)
    assert findings == []
    return "\n".join(texts(blocks))


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text) | Note(text=text):
                yield plain(text)
            case List(entries=entries):
                for entry in entries:
                    yield plain(entry.text)
                    yield from texts(entry.below)
            case Table(headings=headings, rows=rows):
                for cell in (*headings, *(cell for row in rows for cell in row.cells)):
                    yield "\n".join(plain(line) for line in cell.lines)


def found(source: str) -> list[tuple[str, int]]:
    blocks, findings = composed(source)
    refused = {"template.syntax", "template.undefined-name"}
    assert not blocks or not any(finding.code in refused for finding in findings)
    return [(finding.code, finding.place.line) for finding in findings]


def test_what_cannot_be_given_prints_data_error_beside_its_finding() -> None:
    blocks, findings = composed("There were {{ indicator('nobody').now.value }} of {{ section.title }}.")
    assert list(texts(blocks)) == ["There were [data error] of Children *in* care."]
    assert [finding.code for finding in findings] == ["template.failed"]


def test_everything_printed_is_data() -> None:
    assert printed('{{ about["Team"] }} and **{{ section.title }}**') == (
        "R&D <5 *x* {{ y }} | z and Children *in* care"
    )


def test_a_constant_is_data_too() -> None:
    assert printed("{{ '# *a*' }}") == "# *a*"


def test_an_object_prints_as_its_class_writes_it() -> None:
    assert printed('{{ indicator("children").now }}, {{ indicator("children").now.value }}') == "61.6 (604), 61.6"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("1 + 2", "3"),
        ("-5", "-5"),
        ("+5", "5"),
        ("0.1 + 0.2", "0.3"),
        ("10 / 4", "2.5"),
        ("indicator('children').now.value - 0.6", "61.0"),
        ("indicator('children').now.value > 61.5 and 'more'", "more"),
        ("'yes' if 0.1 + 0.2 == 0.3 else 'no'", "yes"),
        ("section.indicators | length", "3"),
        ("section.indicators | last | upper", "C"),
        ("about['Nobody'] | default('–')", "–"),
        ("'none' if indicator('children').now.count is none", "none"),
        ("about['items']", "a key"),
    ],
)
def test_expressions(expression: str, text: str) -> None:
    assert printed(f"{{{{ {expression} }}}}") == text


def test_a_loop_knows_where_it_is() -> None:
    loop = "{% for id in section.indicators if id != 'b' %}"
    source = f"{loop}\n{{{{ loop.index }}}}{{{{ id }}}}{{% if not loop.last %}},{{% endif %}}\n{{% endfor %}}\n"
    assert printed(source) == "1a, 2c"


def test_tags_on_lines_of_their_own_leave_no_blank_line() -> None:
    assert printed("| a |\n|---|\n{% for id in section.indicators %}\n| {{ id }} |\n{% endfor %}\n") == "a\na\nb\nc"


def test_a_tag_at_the_end_of_a_paragraph_does_not_join_it_to_the_next() -> None:
    assert printed("a{% if section.title %} b{% endif %}\n\nc {# note #}\n\nd") == "a b\nc\nd"


def test_an_indented_tag_keeps_the_indentation() -> None:
    blocks, _ = composed("- a\n  {% if section.title %}- b{% endif %}\n")
    assert isinstance(blocks[0], List)
    assert [plain(entry.text) for entry in blocks[0].entries[0].below[0].entries] == ["b"]


def test_raw_prints_braces_as_typed() -> None:
    assert printed("{% raw %}{{ x }}{% endraw %}\n\nnext {% raw %}\na %}\n{% endraw %}\n") == "{{ x }}\nnext a %}"


@pytest.mark.parametrize(
    "source",
    [
        "{{ 2 * 3 }}",
        "{{ 2 ** 3 }}",
        "{{ 2 // 3 }}",
        "{{ 2 % 3 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ about['a':'b'] }}",
        "{{ about[section.title] }}",
        "{{ section['title'] }}",
        "{{ section.indicators[0] }}",
        "{{ section.0 }}",
        "{{ {'a': 1} }}",
        "{{ [section.title] }}",
        "{{ section() }}",
        "{{ indicator('a').now() }}",
        "{{ indicator('a')('b') }}",
        "{{ indicator(*section.indicators) }}",
        "{{ indicator(**about) }}",
        "{% macro m() %}{% endmacro %}",
        "{% call narrative('a') %}{% endcall %}",
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% from 'a' import b %}",
        "{% extends 'a' %}",
        "{% block a %}{% endblock %}",
        "{% filter upper %}a{% endfilter %}",
        "{% set a %}b{% endset %}",
        "{% set a, b = 1, 2 %}",
        "{% set a.b = 1 %}",
        "{% set section = 1 %}",
        "{% with %}{% endwith %}",
        "{% autoescape true %}{% endautoescape %}",
        "{% for a in section.slots recursive %}{% endfor %}",
        "{% for a in indicator('a') %}{% endfor %}",
        "{% for a, b in section.slots %}{% endfor %}",
        "{% for a in [1] %}{% for b in [1] %}{% for c in [1] %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in [1] %}{{ loop }}{% endfor %}",
        "{% for a in [1] %}{% set a = loop %}{% endfor %}",
        "a ![picture](a.png)",
        "a\x02b",
        "{{ 9999999999999999 }}",
        "{{ 1e999 }}",
        f"{{{{ {'9' * 5000} }}}}",
        f"{{{{ '{'a' * 10_001}' }}}}",
        f"{{{{ [{'1,' * 1001}] }}}}",
        "a" * 200_001,
        f"{{{{ {'(' * 5000}1{')' * 5000} }}}}",
        f"{{{{ {'not ' * 5000}1 }}}}",
        f"{{{{ {'-' * 5000}1 }}}}",
        f"{{{{ {'1+' * 5000}1 }}}}",
        f"{{{{ 1{'|first' * 5000} }}}}",
        "{% if 1 %}" * 500 + "{% endif %}" * 500,
        "> " * 50 + "a",
        f"{'*' * 2_000}a{'*' * 2_000}",
        "- a\n\n  | a |\n  |---|\n",
    ],
)
def test_what_is_not_allowed(source: str) -> None:
    assert {code for code, _ in found(source)} == {"template.not-allowed"}


@pytest.mark.parametrize(
    "source",
    [
        "{{ sektion }}",
        "{{ section.titel }}",
        "{{ ''.__class__ }}",
        "{{ section.title.upper() }}",
        "{{ indicator('a').men(2) }}",
        "{{ range(3) }}",
        "{{ self }}",
        "{{ loop.index }}",
        "{% for a in [1] if loop.first %}{% endfor %}",
        "{% for a in [1] %}{{ loop.revindex }}{% endfor %}",
        "{% for a in [1] %}{% endfor %}{{ a }}",
        "{{ a }}{% set a = 1 %}",
        "{{ 1 | tojson }}",
        "{{ section.indicators | join }}",
        "{{ 1 if 1 is odd }}",
        "{{ namespace() }}",
    ],
)
def test_unknown_names(source: str) -> None:
    assert {code for code, _ in found(source)} == {"template.undefined-name"}


def test_the_nearest_name_is_suggested() -> None:
    _, (finding,) = compose_text("{{ section.titel }}", {}, START)
    assert finding.hint == "Did you mean 'title'?"


@pytest.mark.parametrize("source", ["{{ 1 1 }}", "{% do x %}", "{% if %}", "{{"])
def test_syntax_errors(source: str) -> None:
    assert found(f"a\n{source}") == [("template.syntax", 2)]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ a b }}", "a tag is not closed by }}, or has two things side by side"),
        ("{% if a b %}", "a tag is not closed by %}, or has two things side by side"),
        (
            "{{ indicator(4.02.01).now }}",
            'text in brackets needs quotes, as in indicator("4.02.01"), and commas between',
        ),
        ('{{ indicator("a").now }', "a tag is not closed as it was opened, {{ by }} or {% by %}, with no space in it"),
        (
            '{{ indicator("a").now } }',
            "a tag is not closed as it was opened, {{ by }} or {% by %}, with no space in it",
        ),
        ('{{ indicator("a" }}', "a ) is missing before a }"),
        ("{{ a) }}", "a ) has no opening bracket before it"),
        ("{{ a", "a tag that begins with {{ is not closed by }}"),
        ("{% if a", "a tag that begins with {% is not closed by %}"),
        ("{# a", "a comment that begins with {# is not closed by #}"),
        ("{% if a %}b", "a tag {% if … %} has no {% endif %} after it"),
        ("{% endif %}", "the tag {% endif %} has no opening tag before it"),
        ("{% if a %}{% endfor %}", "the tag {% endfor %} has no opening tag before it"),
        ("{% foo %}", "there is no tag {% foo … %}"),
        ("{{ }}", "something is missing in a tag before its end"),
        ("{{ indicator('a).now }}", "a quotation mark in a tag is not closed"),
        ('{{ indicator("a).now }}', "a quotation mark in a tag is not closed"),
        ("{{ £ }}", "the character £ has no meaning in a tag"),
        ("{{ a. }}", "a name is missing after a full stop in a tag"),
        ("{{ a | }}", "expected token 'name', got 'end of print statement'"),
    ],
)
def test_what_is_wrong_with_a_tag_is_said_in_plain_words(source: str, said: str) -> None:
    _, (finding,) = compose_text(source, {}, START)
    assert (finding.code, finding.message) == ("template.syntax", said)


@pytest.mark.parametrize(
    "expression",
    [
        "none",
        "section",
        "section.indicators",
        "indicator",
        "indicator('children').mean",
        "1 == 1",
        "'\\x02'",
        "[1]",
        "1, 2",
    ],
)
def test_what_has_no_text(expression: str) -> None:
    assert found(f"a\n\n{{{{ {expression} }}}}") == [("template.not-printable", 3)]


@pytest.mark.parametrize(
    "expression",
    [
        "indicator('nobody').now.value + 1",
        "indicator('children').mean(12)",
        "indicator('children').previous.value",
        "indicator()",
        "indicator('a', 'b')",
        "about['Nobody']",
        "about.title",
        "section.title.title",
        "1 / 0",
        "'a' + 'b'",
        "section.indicators + section.indicators",
        "-section.title",
        "section.title > 3",
        "section | upper",
        "3 | length",
        "1 if 1 == 2",
        "report",
        "report.title",
        "indicator(report)",
    ],
)
def test_what_cannot_be_given(expression: str) -> None:
    assert found(f"a\n\n{{{{ {expression} }}}}") == [("template.failed", 3)]


def test_a_choice_without_the_other_case_says_that_it_is_missing() -> None:
    _, (finding,) = composed("{{ 1 if 1 == 2 }}")
    assert "no else section" in finding.message


def test_every_mistake_is_reported_at_its_line() -> None:
    first = "{{ indicator('x').now }}\n\n{{ indicator('children').mean(2) }}\n"
    source = first + "{% if indicator('y').now > 3 %}a{% endif %}\n{{ none }}"
    assert found(source) == [
        ("template.failed", 1),
        ("template.failed", 3),
        ("template.failed", 4),
        ("template.not-printable", 5),
    ]


def test_lines_count_from_the_place() -> None:
    _, (finding,) = compose_text("a\n{{ x }}", {}, Place(file="a.md", line=7))
    assert finding.place == Place(file="a.md", line=8)


def test_a_cell_keeps_its_address() -> None:
    cell = Place(sheet="Narrative", cell="C4")
    _, (finding,) = compose_text("a\n{{ x }}", {}, cell)
    assert finding.place == cell


def test_blocks_stand_alone_with_their_headings_below_the_last() -> None:
    blocks, findings = composed(
        "## Service narrative\n{{ narrative('a') }}\n\n### b\n{{ narrative('c') }}\n{{ narrative('d') }}"
    )
    assert findings == []
    assert [(block.level, plain(block.text)) for block in blocks if isinstance(block, Heading)] == [
        (2, "Service narrative"),
        (3, "a"),
        (3, "b"),
        (4, "c"),
        (4, "d"),
    ]


def test_headings_never_go_below_level_four() -> None:
    deep = Blocks((Heading(2, (Span("a"),)), Heading(4, (Span("b"),))))
    blocks, _ = compose_text("### x\n{{ narrative() }}", {"narrative": lambda: deep}, START)
    assert [block.level for block in blocks if isinstance(block, Heading)] == [3, 4, 4]


@pytest.mark.parametrize(
    "source",
    [
        "a {{ narrative('a') }}",
        "- {{ narrative('a') }}",
        "- a\n{{ narrative('a') }}",
        "# {{ narrative('a') }}",
        "| a |\n|---|\n| {{ narrative('a') }} |",
        "**{{ narrative('a') }}**",
        "{{ narrative('a') }}\n{{ section.title }}",
    ],
)
def test_blocks_in_the_middle_of_text(source: str) -> None:
    assert [code for code, _ in found(source)] == ["template.not-alone"]


def squared(body: str) -> str:
    """A template that prints the body 90,000 times."""
    return f"{{% for a in section.slots %}}{{% for b in section.slots %}}{body}{{% endfor %}}{{% endfor %}}"


@pytest.mark.parametrize(
    "source",
    [
        "{% set x = 3 %}{% set y = 1 / x %}" + "{% set x = x / y %}{% set y = 1 / x %}" * 40,
        "{% set x = section.indicators %}" + "{% set x = x + x %}" * 40,
        squared("{% if a == b %}{% endif %}" * 100),
        squared("a" * 1000),
        squared("{{ a }}{{ b }}"),
        squared("{{ indicator('children').title }}"),
        "{% set n = narrative('a') %}" + squared("\n{{ n }}\n\n"),
        f"{{% set s = '{'a' * 10_000}' %}}" + squared("{{ s }}"),
    ],
)
def test_a_template_cannot_use_up_time_or_memory(source: str) -> None:
    assert {code for code, _ in found(source)} == {"template.failed"}


@pytest.mark.parametrize(
    "piece", ["{", "{{", "{%", "{#", "{{ x }}", "{% if 1 %}", "{{ 1_", "1", "{% %}", "{{ '", "\n{%", "{% raw %}", " "]
)
def test_nasty_templates_come_to_an_end(piece: str) -> None:
    compose_text(piece * (50_000 // len(piece)), {}, START)


PLACES: list[Callable[[str], str]] = [
    lambda value: value,
    lambda value: f"# {value}",
    lambda value: f"**{value}**",
    lambda value: f"a *b {value}*",
    lambda value: f"- {value}",
    lambda value: f"1. {value}",
    lambda value: f"> {value}",
    lambda value: f"| h |\n|---|\n| {value} |",
    lambda value: f"[{value}](https://example.org)",
    lambda value: f"`{value}`",
    lambda value: f"```\n{value}\n```",
]


@given(
    value=st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1),
    place=st.sampled_from(PLACES),
)
def test_a_value_comes_out_verbatim_wherever_it_stands(value: str, place: Callable[[str], str]) -> None:
    blocks, findings = compose_text(place("x{{ about['v'] }}y"), {"about": {"v": value}}, START)
    assert findings == []
    assert f"x{value}y" in "\n".join(texts(blocks))


@given(st.text("{}%#abc[]().|'\"~*+-/ \n1<>=!_`", max_size=60))
def test_any_template_gives_blocks_or_findings(source: str) -> None:
    composed(source)


DIGITS = st.integers(1, 5_000).map(lambda length: "9" * length)
NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    DIGITS,
    st.tuples(st.sampled_from([hex, oct, bin]), st.integers(0, 4_000)).map(lambda base: base[0](2 ** base[1])),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.tuples(st.integers(0, 99), st.integers(-999, 999)).map(lambda parts: f"{parts[0]}.5e{parts[1]}"),
    st.tuples(DIGITS, DIGITS).map(".".join),
)
CONSTANTS = st.recursive(
    NUMBERS | st.text(max_size=5).map(repr) | st.sampled_from(["true", "none"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda several: f"[{', '.join(several)}]"),
    max_leaves=8,
)
USES = [
    *("{{{{ {} }}}}", "{{{{ -{} }}}}", "{{{{ {} + 1 }}}}", "{{{{ 1 / {} }}}}", "{{{{ about[{}] }}}}"),
    *("{{{{ indicator({}).now }}}}", "{{{{ indicator('children').mean({}) }}}}", "{{{{ {} | length }}}}"),
    *(
        "{{% set a = {} %}}{{{{ a }}}}",
        "{{% for a in {} %}}{{{{ a }}}}{{% endfor %}}",
        "{{% if 1 < {} %}}a{{% endif %}}",
    ),
    "{{{{ about['x'] | default({}) }}}}",
]


@given(CONSTANTS, st.sampled_from(USES))
@examples(60)
def test_any_constant_gives_blocks_or_findings(constant: str, use: str) -> None:
    composed(use.format(constant))


@pytest.mark.parametrize(
    "number", ["9" * 16, "9" * 400, "9" * 5_000, "0x" + "f" * 400, "0b" + "1" * 60, "1e999", "1e16"]
)
@pytest.mark.parametrize("place", ["{{{{ {} }}}}", "{{{{ -{} }}}}", "{{% for n in [1, {}] %}}{{% endfor %}}"])
def test_a_number_of_more_than_15_digits_is_refused_however_long_it_is(number: str, place: str) -> None:
    assert found(place.format(number)) == [("template.not-allowed", 1)]


@pytest.mark.parametrize(
    ("left", "operator", "right", "text"),
    [
        (Quantity(Fraction(45, 2), 1, "%"), "-", 20, "2.5%"),
        (100, "-", Quantity(Fraction(45, 2), 1, "%"), "77.5%"),
        (0, "-", Quantity(Fraction(5), 1, " percentage points"), "-5.0 percentage points"),
        (Quantity(Fraction(45, 2), 1, "%"), "/", Quantity(Fraction(45), 1, "%"), "0.5"),
        (Quantity(Fraction(604), 0), "/", 2, "302"),
    ],
)
def test_arithmetic_keeps_the_unit(left: object, operator: str, right: object, text: str) -> None:
    from cpreport.compose.environment import _computed

    assert str(_computed(operator, left, right)) == text
