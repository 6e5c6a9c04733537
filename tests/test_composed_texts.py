"""What texts say line by line: what was typed, what tags printed, and where it stands in its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport.compose.report import typed_lines
from cpreport.compose.sandbox import compose_text
from cpreport.model.composed import ComposedText, Line, LineKind
from cpreport.model.document import OTHER_VALUE, Source, Span, plain
from cpreport.model.finding import Place
from cpreport.model.period_text import parse_period
from cpreport.pipeline import load_workbook

from .example_month import Change
from .workbooks import write_example

CARE = "narrative/2023-07/care.md"
START = Place(file="care.md", line=1)


def composed(source: str) -> list[Line]:
    return list(typed_lines(compose_text(source, {"period": "July"}, START)[0], START))


def numbered(source: str) -> list[tuple[str, int]]:
    return [(line.words, line.place.line) for line in composed(source)]


def texts(folder: Path, change: Change) -> dict[tuple[str, str], ComposedText]:
    write_example(folder, change)
    return {(text.section, text.slot): text for text in load_workbook(folder / "july-2023.xlsx").texts}


def test_kinds_of_lines() -> None:
    source = "# a\n\nb\n\n- c\n  - d\n\n1. e\n\n|f|g|\n|-|-|\n|h|i|\n"
    assert [(line.kind, line.words) for line in composed(source)] == [
        (LineKind.HEADING, "a"),
        (LineKind.PARAGRAPH, "b"),
        (LineKind.BULLET, "c"),
        (LineKind.BULLET, "d"),
        (LineKind.BULLET, "e"),
        *((LineKind.CELL, text) for text in "fghi"),
    ]


@pytest.mark.parametrize("code", ["```\n12 children\n```", "~~~text\n12 children\n~~~"])
def test_code_is_no_line(code: str) -> None:
    assert numbered(f"a\n\n{code}\n\nb") == [("a", 1), ("b", 7)]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("a\n\nb\nc\n\nd", [("a", 1), ("b c", 3), ("d", 6)]),
        ("- a\n- b\n\n  c\n- d", [("a", 1), ("b\nc", 2), ("d", 5)]),
        ("{% set x = 1 %}\n- a\n- b", [("a", 2), ("b", 3)]),
        ("{% if false %}\n- a\n{% endif %}\n- b\n- a", [("b", 4), ("a", 5)]),
        ("{# one\ntwo #}\n\n- {{ period }}\n- a", [("July", 4), ("a", 5)]),
        ("- a {{\nperiod }}\n- b\n- c", [("a July", 2), ("b", 3), ("c", 4)]),
        ("{% for n in [1, 2] %}\n- a{{ n }}\n- b\n{% endfor %}\nc", [("a1", 2), ("b", 3), ("a2", 2), ("b c", 3)]),
        ("a {% if true %}b{% endif %}\n\nc", [("a b", 1), ("c", 3)]),
        ("|a|\n|-|\n|{{ period }}|\n|b|", [("a", 1), ("July", 3), ("b", 4)]),
    ],
)
def test_a_line_knows_where_it_was_typed(source: str, lines: list[tuple[str, int]]) -> None:
    assert numbered(source) == lines


def test_a_file_without_lines_has_none() -> None:
    place = Place(file="care.docx")
    assert [line.place for line in typed_lines(compose_text("a\n\nb", {}, place)[0], place)] == [place, place]


JULY, JUNE = parse_period("Jul 23"), parse_period("Jun 23")
MOVES = "indicator('moves')"


PRINTED = {
    f"{MOVES}.now": Source("moves", JULY),
    f"{MOVES}.now.value": Source("moves", JULY),
    f"{MOVES}.previous.value": Source("moves", JUNE),
    f"{MOVES}.at('Jun 23').count": Source("moves", JUNE),
    f"{MOVES}.now.value + 1": Source("moves", JULY),
    f"{MOVES}.now.value - {MOVES}.previous.value": Source("moves"),
    f"{MOVES}.change()": Source("moves"),
    f"{MOVES}.mean(2).value": Source("moves"),
    f"{MOVES}.low(2).value": Source("moves", JUNE),
    f"{MOVES}.now.value - indicator('rate').now.count": OTHER_VALUE,
    "period": OTHER_VALUE,
    "3 + 4": OTHER_VALUE,
    f"{MOVES}.title": OTHER_VALUE,
}


def test_what_a_tag_printed_knows_its_figure(tmp_path: Path) -> None:
    bullets = "\n".join(f"- A {{{{ {expression} }}}} z." for expression in PRINTED)
    lines = texts(tmp_path, {CARE: f"## next\n{bullets}"})["care", "next"].lines

    sources = [[span.source for span in line.text] for line in lines]
    assert sources == [[None, source, None] for source in PRINTED.values()]
    assert {plain(line.text[::2]) for line in lines} == {"A  z."}


def test_what_a_template_says_is_a_text_without_the_narratives_and_tables_it_calls(tmp_path: Path) -> None:
    calls = "{{ indicator_table(section.indicators) }}\n\n{{ narrative('next') }}\n"
    template = f"## What is next?\n\nIt is {{{{ period }}}}.\n\n{calls}"
    found = texts(tmp_path, {"care.md": template, CARE: "## next\n12 children.\n"})

    lines = found["care", ""].lines
    assert [(line.words, line.place.file, line.place.line) for line in lines] == [
        ("What is next?", "care.md", 1),
        ("It is Jul 23.", "care.md", 3),
    ]
    assert lines[1].text == (Span("It is "), Span("Jul 23", source=OTHER_VALUE), Span("."))
    assert [line.words for line in found["care", "next"].lines] == ["12 children."]


def test_a_text_that_prints_nothing_but_a_table_is_there_without_lines(tmp_path: Path) -> None:
    text = texts(tmp_path, {CARE: "## next\n{{ indicator_table('rate') }}\n"})["care", "next"]

    assert (text.lines, len(text.tables)) == ((), 1)


def test_a_text_that_prints_nothing_is_not_there(tmp_path: Path) -> None:
    assert ("care", "next") not in texts(tmp_path, {CARE: "## next\n{# later #}\n"})
