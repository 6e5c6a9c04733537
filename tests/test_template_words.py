"""Whatever a template is given that it cannot use, it says so in words that are not Python's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from cpreport.compose.allow_list import ATTRIBUTES, FILTERS, FUNCTIONS, METHODS
from cpreport.compose.report import compose_report
from cpreport.pipeline import Month, load_workbook

from .example_month import NAME
from .workbooks import write_example

PYTHON = re.compile(
    r"[<>]|\b_|object|Value|Quantity|Blocks|cpreport|None|instance|iterable|argument|unsupported|built-?in|lambda"
    r"|len\(|\bstr\b|\bint\b|\bdict\b|\btuple\b"
)
"""What only somebody who knows Python, or the source, can read."""
RATE = 'indicator("rate")'
VALUES = (
    *("1", "1.5", '"x"', "true", "none", "[1, 2]", "narrative", "section", "period", "about", "section.slots"),
    *(RATE, f"{RATE}.now", f"{RATE}.now.value"),
)
ARGUMENTS = ("", '"x", "y", "z"', "x=1", *VALUES)
EXPRESSIONS = [
    *(f"{name}({given})" for name in sorted(FUNCTIONS) for given in ARGUMENTS),
    *(f"{RATE}.{name}({given})" for name in sorted(METHODS) for given in ARGUMENTS),
    *(f"{value}|{name}" for name in sorted(FILTERS) for value in VALUES),
    *(f'"x"|{name}({given})' for name in sorted(FILTERS) for given in ("1, 2, 3, 4", "x=1", RATE)),
    *(f"{value}.{name}" for name in sorted(ATTRIBUTES) for value in (RATE, f"{RATE}.now", "section")),
    *(f"{one} {sign} {other}" for sign in ("<", "+", "/", "==", "in") for one in VALUES[-6:] for other in VALUES),
]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    folder = tmp_path_factory.mktemp("month")
    write_example(folder, {})
    return load_workbook(folder / NAME)


def said_of(month: Month, source: str) -> list[str]:
    """What the report says of its sections' template."""
    plan = replace(month.folder, sections=month.folder.sections[:1], templates={"care.md": source})
    return [finding.message for finding in compose_report(month.workbook, plan, month.figures).findings]


def python_said(month: Month, expressions: Iterable[str]) -> dict[str, str]:
    """The messages with a name of Python, by what they are about."""
    forms = ("{{ %s }}", "{%% set some = %s %%}{%% for one in some %%}{{ one }}{%% endfor %%}")
    sources = [form % each for each in expressions for form in forms]
    return {source: said for source in sources for said in said_of(month, source) if PYTHON.search(said)}


def test_no_name_of_python_is_said(month: Month) -> None:
    """Of every seventh expression; the stress tests try all."""
    assert python_said(month, EXPRESSIONS[::7]) == {}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ indicator_table() }}", "indicator_table(…) takes one value in its brackets"),
        ("{{ glossary_table(1) }}", "glossary_table(…) takes nothing in its brackets"),
        ('{{ indicator("rate").change("Jun 23", 2) }}', "change(…) takes no more than one value in its brackets"),
        ('{{ indicator("rate").mean(section) }}', "a whole section is not a number of periods from 1 to 600"),
        (
            '{% if indicator("rate").now > 60 %}x{% endif %}',
            "only numbers can be compared: ask for the .value of a figure",
        ),
    ],
)
def test_what_is_wrong_is_said_of_the_function_as_it_is_called(month: Month, source: str, said: str) -> None:
    assert said in said_of(month, source)


@pytest.mark.parametrize(
    "condition",
    [
        *('indicator("rate").now == 604', '604 == indicator("rate").now', 'indicator("rate").now != 604'),
        *('indicator("rate").at("May 22").value == 0', 'indicator("rate").benchmark("SN") == 92', "period == 2023"),
        'indicator("rate").now.count == "604"',
    ],
)
def test_what_is_no_number_is_never_said_to_equal_one_or_not(condition: str, tmp_path: Path) -> None:
    write_example(tmp_path, {"Data!G1": "May 22", "Data!G2": "[c]", "Data!G3": 98050})
    month = load_workbook(tmp_path / NAME)

    (said,) = said_of(month, f"{{% if {condition} %}}x{{% else %}}y{{% endif %}}")

    assert said.startswith("only numbers can be compared") or "is not a number" in said


def test_a_period_and_a_figure_equal_the_text_that_they_print(month: Month) -> None:
    conditions = 'period == "Jul 23" and indicator("moves").now == "1,281" and indicator("rate").now.count == 604'
    source = f"{{% if {conditions} %}}{{{{ 1 > 'x' }}}}{{% endif %}}"

    assert len(said_of(month, source)) == 1
