"""Breakdowns: what the sheet may hold, what tables and tags print of it, and that nothing hidden follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.breakdowns import BreakdownOptions, breakdown_table, view_of
from cpreport.compose.report import compose_report
from cpreport.model.document import Paragraph, RowKind, Table, plain
from cpreport.model.figure import CellRef, State
from cpreport.model.indicator import Breakdown
from cpreport.model.period_text import parse_period
from cpreport.model.workbook import BreakdownCount
from cpreport.pipeline import Month

from .example_month import Rows, Shown
from .examples import examples
from .quoted import findings_of
from .test_figures import toml
from .workbooks import month_of, told

JULY, LAST_JULY = parse_period("Jul 23"), parse_period("Jul 22")
HEADERS = ["Breakdown", "Category", "Group", "Count", "Period"]
AGES: Rows = [
    ["ages", "Under 10", "Male", 40, None],
    ["ages", "10–15", "Male", 153, None],
    ["ages", "Under 10", "Female", 62, None],
    ["ages", "10–15", "Female", 111, None],
]
INDICATORS = toml("care number", "far number")


def breakdown(keys: str = "", of: str = "") -> str:
    whole = f'of = "{of}"\n' if of else ""
    return f'{INDICATORS}\n[[breakdowns]]\nid = "ages"\ntitle = "Children in care, by age"\n{whole}{keys}\n'


def month_with(
    folder: Path,
    rows: Sequence[Sequence[object]],
    keys: str = "",
    of: str = "",
    care: object = 366,
    mark: object = None,
) -> Month:
    """A month with these rows in Breakdowns."""
    sheets = {
        "Data": [["Indicator", "Figure", "Jul 22", "Jul 23"], ["care", "value", 350, care], ["far", "value", 60, 65]],
        "Marks": [["Indicator", "Period", "Figure", "Mark"], *([["care", "Jul 23", None, mark]] if mark else [])],
        "Breakdowns": [HEADERS, *rows],
    }
    return month_of(folder, sheets, breakdown(keys, of))


def composed(month: Month, template: str) -> tuple[list[object], list[str]]:
    """What a section prints with this template, and what is found."""
    folder = replace(month.folder, templates={"care.md": template})
    made = compose_report(month.workbook, folder, month.figures)
    return list(made.report.sections[0].blocks), [finding.message for finding in made.findings]


def table(month: Month, call: str = 'breakdown_table("ages")') -> list[list[str]]:
    """The rows of a table, with its headings."""
    blocks, findings = composed(month, f"{{{{ {call} }}}}")
    assert findings == []
    (made,) = blocks
    assert isinstance(made, Table)
    rows = [made.headings, *(row.cells for row in made.rows)]
    return [[plain(line) for cell in row for line in cell.lines] for row in rows]


def said(month: Month, expression: str) -> tuple[str, list[str]]:
    """What a tag prints, and what is found."""
    blocks, findings = composed(month, f"Text: {{{{ {expression} }}}}")
    texts = [plain(block.text) for block in blocks if isinstance(block, Paragraph)]
    return "".join(texts).removeprefix("Text:").strip(), findings


# The sheet


def test_a_group_adds_a_column_for_each_and_one_for_all(tmp_path: Path) -> None:
    assert table(month_with(tmp_path, AGES)) == [
        [
            "Category",
            "Male number",
            "Male per cent",
            "Female number",
            "Female per cent",
            "Total number",
            "Total per cent",
        ],
        ["Under 10", "40", "20.7%", "62", "35.8%", "102", "27.9%"],
        ["10–15", "153", "79.3%", "111", "64.2%", "264", "72.1%"],
        ["Total", "193", "100.0%", "173", "100.0%", "366", "100.0%"],
    ]


def test_headings_and_order_are_the_report_folders(tmp_path: Path) -> None:
    keys = 'heading = "Age"\ngroup_heading = "Gender"\norder = ["10-15", "Under 10"]'
    month = month_with(tmp_path, AGES, keys)

    assert month.findings == ()
    assert table(month, 'breakdown_table("ages", show="number", row_total=false)') == [
        ["Age", "Gender: Male", "Gender: Female"],
        ["10-15", "153", "111"],
        ["Under 10", "40", "62"],
        ["Total", "193", "173"],
    ]


def test_a_category_that_is_not_in_the_order_follows_with_a_note(tmp_path: Path) -> None:
    month = month_with(tmp_path, AGES, 'order = ["10–15"]')

    assert [(f.code, str(f.place), f.severity.value) for f in month.findings] == [
        ("breakdown.not-in-order", "Breakdowns!B2", "note")
    ]
    assert [row[0] for row in table(month)] == ["Category", "10–15", "Under 10", "Total"]


def test_an_unknown_category_in_the_order_is_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    month = month_with(tmp_path, AGES, 'order = ["Under ten", "10–15"]')

    assert [finding.message for finding in month.errors] == [
        "'Under ten' in the order of ages is not a category of this sheet; did you mean 'Under 10'?"
    ]


@pytest.mark.parametrize("spelled", ["10-15", "10 – 15", "10—15", "10\u201115"])
def test_hyphens_and_dashes_of_a_category_are_one(tmp_path: Path, spelled: str) -> None:
    month = month_with(tmp_path, [*AGES[:3], ["ages", spelled, "female", 111, "Jul 23"]])

    assert table(month)[2] == ["10–15", "153", "79.3%", "111", "64.2%", "264", "72.1%"]
    assert said(month, f'breakdown("ages").category("{spelled}", "FEMALE").count') == ("111", [])


def test_two_rows_of_one_category_group_and_period_name_both_cells(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*AGES, ["ages", "10-15", "Female", 1, "Jul 23"]])

    assert [(str(f.place), f.message) for f in month.errors] == [("Breakdowns!B6", "10–15 is given here and in D5")]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (Shown(date(2026, 9, 5), "d-mmm"), ", as 5-9"),
        (Shown(date(2026, 5, 9), "d-mmm"), ", as 5-9"),
        (Shown(date(2015, 10, 1), "mmm-yy"), ", as 10-15"),
        (Shown(date(2023, 7, 31), "dd/mm/yyyy"), ""),
    ],
)
@pytest.mark.parametrize("column", [1, 2])
def test_a_category_or_group_that_excel_made_a_date_says_so(
    tmp_path: Path, column: int, cell: object, meant: str
) -> None:
    row: list[object] = ["ages", "0-4", "Male", 7, None]
    row[column] = cell
    (error,) = month_with(tmp_path, [row]).errors

    assert (error.code, str(error.place)) == ("breakdown.date", f"Breakdowns!{'ABC'[column]}2")
    assert error.hint == f"Format the cell as Text, then type the name again{meant}."


def test_a_share_is_printed_as_it_is_and_never_added_up(tmp_path: Path) -> None:
    population = [
        ["ages", name, "Population", Shown(share, "0%"), None] for name, share in (("Under 10", 0.5525), ("10–15", 0.2))
    ]
    month = month_with(tmp_path, [*population, *AGES], of="care")

    assert month.findings == ()
    assert [(row[0], *row[-3:]) for row in table(month)] == [
        ("Category", "Total number", "Total per cent", "Population per cent"),
        ("Under 10", "102", "27.9%", "55.3%"),
        ("10–15", "264", "72.1%", "20.0%"),
        ("Total", "366", "100.0%", "–"),
    ]
    assert table(month, 'breakdown_table("ages", show="number")')[0][-1] == "Total"
    assert said(month, 'breakdown("ages").category("10–15", "Population").share') == ("20.0%", [])
    assert said(month, 'breakdown("ages").largest("Population").name') == ("Under 10", [])
    assert said(month, 'breakdown("ages").category("10–15", "Population").count')[1] == [
        "10–15 has a share, and no count"
    ]


@pytest.mark.parametrize("value", [Shown(1.2, "0%"), Shown(-0.1, "0%"), "120%", 20.5, "[c]"])
def test_what_is_neither_a_count_nor_a_share_is_an_error(tmp_path: Path, value: object) -> None:
    month = month_with(tmp_path, [["ages", "Under 10", "England", value, None]])

    assert ("breakdown.not-a-count", "Breakdowns!D2") in told(month.findings)


def test_counts_and_shares_do_not_mix_in_a_group(tmp_path: Path) -> None:
    month = month_with(tmp_path, [AGES[0], ["ages", "10–15", "Male", Shown(0.6, "0%"), None]])

    assert [(f.code, str(f.place)) for f in month.errors] == [("breakdown.mixed", "Breakdowns!D3")]


# Tables


def test_a_year_ago_stands_beside_each_group(tmp_path: Path) -> None:
    month = month_with(
        tmp_path, [*AGES, *([*row[:3], 10, "Jul 22"] for row in AGES), ["ages", "Gone", "Male", 1, "Jun 23"]]
    )

    assert table(month, 'breakdown_table("ages", show="number")')[0] == [
        *("Category", "Male, Jul 23", "Male, Jul 22", "Female, Jul 23", "Female, Jul 22"),
        *("Total, Jul 23", "Total, Jul 22"),
    ]
    assert [row[0] for row in table(month)] == ["Category", "Under 10", "10–15", "Total"]
    assert table(month, 'breakdown_table("ages", show="number", compare=none)')[0] == [
        "Category",
        "Male",
        "Female",
        "Total",
    ]


def test_a_table_shows_what_is_asked_for(tmp_path: Path) -> None:
    month = month_with(tmp_path, [[*row[:2], None, *row[3:]] for row in AGES[:2]])

    assert table(month) == [
        ["Category", "Number", "Per cent"],
        ["Under 10", "40", "20.7%"],
        ["10–15", "153", "79.3%"],
        ["Total", "193", "100.0%"],
    ]
    assert table(month, 'breakdown_table("ages", show="share", total=false)') == [
        ["Category", "Per cent"],
        ["Under 10", "20.7%"],
        ["10–15", "79.3%"],
    ]


def test_a_table_has_a_caption_and_a_name_for_references(tmp_path: Path) -> None:
    month = month_with(tmp_path, AGES)
    named = '{{ breakdown_table("ages", caption="Ages now", name="tab-ages") }}'
    tables, _ = composed(month, '{{ breakdown_table("ages") }}\n\n' + named)

    assert [(made.caption, made.name) for made in tables if isinstance(made, Table)] == [
        ("Children in care, by age", ""),
        ("Ages now", "tab-ages"),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ('show="numbers"', 'show must be "number", "share" or "both", not \'numbers\''),
        ('compare="a year ago"', "compare must be \"year ago\" or none, not 'a year ago'"),
        ('total="no"', "total must be true or false, without quotes, not 'no'"),
        ("row_total=1", "row_total must be true or false, without quotes, not 1"),
        ("totals=true", "breakdown_table(…) has no option 'totals'; did you mean 'total'?"),
        ('name="a b"', 'name must be a text of up to 30 letters, digits and -, such as "tab-rates"'),
    ],
)
def test_a_table_refuses_other_words(tmp_path: Path, arguments: str, message: str) -> None:
    assert composed(month_with(tmp_path, AGES), f'{{{{ breakdown_table("ages", {arguments}) }}}}')[1] == [message]


def test_no_cell_of_a_table_is_empty_and_a_blank_is_no_nought(tmp_path: Path) -> None:
    rows: Rows = [
        ["ages", "Under 10", "Male", None, None],
        ["ages", None, "Female", 4, None],
        ["ages", "Under 10", "Other", 2, None],
    ]

    assert table(month_with(tmp_path, rows))[1:] == [
        ["Under 10", "–", "–", "–", "–", "2", "100.0%", "2", "33.3%"],
        ["–", "–", "–", "4", "100.0%", "–", "–", "4", "66.7%"],
        ["Total", "–", "–", "4", "100.0%", "2", "100.0%", "6", "100.0%"],
    ]


# Tags


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        (".total", "366"),
        ('.category("10–15").count', "264"),
        ('.category("10-15", "Female").share', "64.2%"),
        ('.category("10–15")', "264 (72.1%)"),
        (".largest().name", "10–15"),
        ('.largest("Male").count', "153"),
        (".year_ago.total", "30"),
        ('.year_ago.category("10–15", "Male").count', "10"),
        (".year_ago.largest().name", "Under 10"),
    ],
)
def test_a_tag_prints_what_the_table_prints(tmp_path: Path, tag: str, printed: str) -> None:
    then: Rows = [
        ["ages", "Under 10", "Male", 11, "Jul 22"],
        ["ages", "10–15", "Male", 10, "Jul 22"],
        ["ages", "Under 10", "Female", 9, "Jul 22"],
    ]
    assert said(month_with(tmp_path, [*AGES, *then]), f'breakdown("ages"){tag}') == (printed, [])


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ('("agse").total', "'agse' is not a breakdown; did you mean 'ages'?"),
        ('("ages").category("10–16").count', "'10–16' is not a category of the breakdown ages; did you mean '10–15'?"),
        ('("ages").largest("Males").name', "'Males' is not a group of the breakdown ages; did you mean 'Male'?"),
        ('("ages").category("10–15", 3).share', "3 is not a group of the breakdown ages"),
    ],
)
def test_a_name_that_is_not_there_is_an_error_with_the_nearest(tmp_path: Path, tag: str, message: str) -> None:
    assert said(month_with(tmp_path, AGES), f"breakdown{tag}")[1] == [message]


def test_categories_that_are_the_largest_together_are_all_named(tmp_path: Path) -> None:
    rows = [["ages", name, None, count, None] for name, count in (("Under 10", 1), ("10–15", 2), ("16", 2), ("17", 2))]
    month = month_with(tmp_path, rows)

    largest = 'breakdown("ages").largest()'
    assert said(month, f"{largest}.name") == ("10–15, 16 and 17", [])
    assert said(month, f"{largest}.count") == ("2 each", [])
    assert said(month, largest) == ("2 (28.6%) each", [])


def test_there_is_no_largest_of_noughts(tmp_path: Path) -> None:
    month = month_with(tmp_path, [["ages", name, None, 0, None] for name in ("Under 10", "10–15")])

    missing = "the breakdown ages has no largest category for Jul 23, so the text says 'no data' instead"
    assert said(month, 'breakdown("ages").largest().name') == ("no data", [missing])
    assert said(month, 'breakdown("ages").category("10–15").count') == ("0", [])
    assert said(month, 'breakdown("ages").category("10–15").share')[0] == "N/A"


def test_a_text_can_ask_whether_a_year_ago_is_kept(tmp_path: Path) -> None:
    month = month_with(tmp_path, AGES)
    then = 'breakdown("ages").year_ago.total'

    assert said(month, f'"yes" if {then} else "no"') == ("no", [])
    assert said(month, then) == (
        "no data",
        ["the breakdown ages has no count for Jul 22, so the text says 'no data' instead"],
    )


def test_counts_are_numbers_in_a_template(tmp_path: Path) -> None:
    now, then = (
        'breakdown("ages").category("10–15", "Male").count',
        'breakdown("ages").category("10–15", "Female").count',
    )

    assert said(month_with(tmp_path, AGES), f'"more" if {now} > {then} else "fewer"') == ("more", [])
    assert said(month_with(tmp_path, AGES), f"{now} - {then}") == ("42", [])


# What is hidden

TAGS = [
    *(".total", ".largest().name", '.largest("Male").share', '.category("10–15").count'),
    *('.category("10–15").share', '.category("10–15", "Male").count', '.category("10–15", "Female").share'),
]


@pytest.mark.parametrize(
    ("rows", "mark"),
    [
        (AGES, "[c]"),
        ([*AGES[:3], ["ages", "10–15", "Female", "[c]", None]], None),
        ([*AGES[:3], ["ages", "10–15", "Female", "111 [c]", None]], None),
    ],
    ids=["the figure it breaks down", "a count", "a count beside its mark"],
)
def test_nothing_of_a_breakdown_is_left_where_a_number_of_it_is_confidential(
    tmp_path: Path, rows: Rows, mark: str | None
) -> None:
    population: Rows = [["ages", "10–15", "Population", Shown(0.31, "0%"), None]]
    month = month_with(tmp_path, [*rows, *population], of="care", mark=mark)

    assert {(count.count, count.share, count.state) for count in month.workbook.breakdowns} == {
        (None, None, State.CONFIDENTIAL)
    }
    assert {text for row in table(month)[1:] for text in row[1:]} == {"confidential"}
    for tag in TAGS:
        text, findings = said(month, f'breakdown("ages"){tag}')
        assert text == "confidential"
        assert findings and not any(
            character.isdigit() for character in findings[0].replace("Jul 23", "").replace("10–15", "")
        )


@pytest.mark.parametrize("of", ["", "care"])
@examples(20)
@given(number=st.integers(0, 9_000), which=st.integers(0, 3))
def test_no_tag_or_cell_depends_on_a_hidden_number(
    tmp_path_factory: pytest.TempPathFactory, of: str, number: int, which: int
) -> None:
    """The number is marked in its own cell, or is a part of a figure that is."""

    def shown(count: int) -> list[object]:
        rows = [list(row) for row in AGES]
        rows[which][3] = count if of else f"{count} [c]"
        month = month_with(tmp_path_factory.mktemp("hidden"), rows, of=of, mark="[c]" if of else None)
        template = "\n\n".join(f'{tag}: {{{{ breakdown("ages"){tag} }}}}' for tag in TAGS)
        return [*composed(month, template), table(month)]

    assert shown(number) == shown(number + 1)


def test_a_year_ago_is_printed_where_now_is_confidential(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*AGES, ["ages", "10–15", "Male", 350, "Jul 22"]], of="care", mark="[c]")

    assert said(month, 'breakdown("ages").year_ago.total') == ("350", [])


def test_a_group_that_cannot_be_read_leaves_no_total_of_all(tmp_path: Path) -> None:
    month = month_with(tmp_path, [*AGES[:3], ["ages", "10–15", "Female", "many", None]])

    assert table(month)[1:] == [
        ["Under 10", "40", "20.7%", *["[data error]"] * 4],
        ["10–15", "153", "79.3%", *["[data error]"] * 4],
        ["Total", "193", "100.0%", *["[data error]"] * 4],
    ]


# Shares

CELL = CellRef("Breakdowns", 2, 4)
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.sampled_from(["x", "y", "z"])),
    st.one_of(st.none(), st.integers(0, 10_000)),
    min_size=1,
)


def view(counts: dict[tuple[str, str], int | None]) -> Table:
    rows = [BreakdownCount("ages", name, group, count, JULY, CELL) for (name, group), count in counts.items()]
    return breakdown_table(view_of(Breakdown("ages", "Ages"), rows, [JULY, LAST_JULY], JULY), BreakdownOptions())


@examples(100)
@given(COUNTS)
def test_shares_are_exact_and_totals_are_sums(counts: dict[tuple[str, str], int | None]) -> None:
    rows = [BreakdownCount("ages", name, group, count, JULY, CELL) for (name, group), count in counts.items()]
    found = view_of(Breakdown("ages", "Ages"), rows, [JULY, LAST_JULY], JULY)

    known = {key: count for key, count in counts.items() if count is not None}
    for column in (*found.columns, *found.totals):
        own = {key: count for key, count in known.items() if column.group in (None, key[1])}
        assert column.total.count == (sum(own.values()) if own else None)
        shares = [figure.share for figure in column.figures.values()]
        assert None in shares or sum(filter(None, shares), Fraction(0)) == (100 if shares else 0)
        for name, figure in column.figures.items():
            count = sum(number for key, number in own.items() if key[0] == name)
            assert figure.count == count
            assert figure.share == (Fraction(100 * count, sum(own.values())) if sum(own.values()) else None)


@examples(100)
@given(COUNTS)
def test_a_table_prints_shares_to_one_decimal_half_away_from_nought(counts: dict[tuple[str, str], int | None]) -> None:
    made = view(counts)
    texts = [[plain(line) for cell in row.cells for line in cell.lines] for row in made.rows]
    total = next(row for row, typed in zip(texts, made.rows, strict=True) if typed.kind is RowKind.TOTAL)

    assert all(text.strip() for row in texts for text in row)
    for row in texts:
        for number, share, whole in zip(row[1::2], row[2::2], total[1::2], strict=True):
            if number == "–":
                assert share == "–"
            elif whole == "0":
                assert share == "N/A"
            else:
                exact = Decimal(100) * Decimal(number.replace(",", "")) / Decimal(whole.replace(",", ""))
                assert share == f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


@examples(40)
@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_number(counts: dict[tuple[str, str], int | None], shuffle: object) -> None:
    mixed = list(counts.items())
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]

    def numbers(made: Table) -> dict[tuple[str, str], str]:
        heads = [plain(cell.lines[0]) for cell in made.headings]
        lines = [[plain(cell.lines[0]) for cell in row.cells] for row in made.rows]
        return {(line[0], head): text for line in lines for head, text in zip(heads, line, strict=True)}

    assert numbers(view(counts)) == numbers(view(dict(mixed)))


# What narratives say of breakdowns

PRINTED = '{{ breakdown_table("placement-type") }}'


@pytest.mark.parametrize(
    ("right", "wrong", "held"),
    [
        ("Fostering: 50", "Fostering: 53", "Fostering: 50"),
        ("There are 50 children in fostering.", "There are 60 children in fostering.", "Fostering: 50"),
        ("Fostering (76.9%)", "Fostering (66.9%)", "Fostering: 76.9%"),
    ],
)
def test_a_number_beside_its_category_is_held_against_the_breakdown_of_the_section(
    right: str, wrong: str, held: str
) -> None:
    assert found_in("children-in-care", right, PRINTED) == []
    ((code, message),) = found_in("children-in-care", wrong, PRINTED)
    assert code == "narrative.number-disagrees" and message.endswith(held)


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the 65 children living more than 20 miles away outside the local authority, 50 (76.9%) are in fostering.",
        "We opened 7 residential homes.",
        "In June there were 53 children in fostering.",
        "We plan to have 53 children in fostering.",
        "There are 7 more children in fostering.",
    ],
)
def test_a_number_that_is_right_or_of_something_else_is_not_called_wrong(sentence: str) -> None:
    assert [code for code, _ in found_in("children-in-care", sentence, PRINTED) if "disagrees" in code] == []


def test_a_category_is_not_beside_a_number_in_a_section_that_does_not_print_its_breakdown() -> None:
    assert [code for code, _ in found_in("children-in-care", "Fostering: 53")] == ["narrative.number-unchecked"]


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Babies: 40 (10.9%)", []),
        ("Babies: 40", []),
        ("Babies: 41", ["narrative.number-disagrees"]),
        ("Babies (20.6%)", []),
        ("Babies (21.6%)", ["narrative.number-disagrees"]),
        ("White: 300", []),
        ("White: 310", ["narrative.number-disagrees"]),
    ],
)
def test_breakdowns_of_one_figure_are_told_apart(tmp_path: Path, sentence: str, codes: list[str]) -> None:
    """Of 194 boys 40 are babies, which is 20.6% of them."""
    rows: Rows = [
        *(["ages", "Babies", "Male", 40, None], ["ages", "10–15", "Male", 154, None]),
        *(["ages", "10–15", "Female", 172, None], ["origins", "White", None, 300, None]),
        ["origins", "Other", None, 66, None],
    ]
    sheets = {
        "Data": [["Indicator", "Figure", "Jul 23"], ["care", "value", 366], ["far", "value", 65]],
        "Breakdowns": [HEADERS, *rows],
        "Narrative": [["Section", "Slot", "Text"], *(["care", "good", text] for text in (sentence, *TABLES))],
    }
    other = '[[breakdowns]]\nid = "origins"\ntitle = "Children in care, by origin"\nof = "care"\n'
    month = month_of(tmp_path, sheets, breakdown(of="care") + other)

    assert [code for code, _ in told(month.findings) if "disagrees" in code or "unchecked" in code] == codes


TABLES = ('{{ breakdown_table("ages") }}', '{{ breakdown_table("origins") }}')


def found_in(section: str, *sentences: str) -> list[tuple[str, str]]:
    codes = ("narrative.could-be-computed",)
    return [(each.code, each.message) for each in findings_of(section, *sentences) if each.code not in codes]


@pytest.mark.parametrize("typed", ["153", "64.2%", "264", "366"])
def test_a_hidden_count_share_or_total_that_somebody_types_is_found(tmp_path: Path, typed: str) -> None:
    sheets = {
        "Data": [["Indicator", "Figure", "Jul 23"], ["care", "value", 366], ["far", "value", 65]],
        "Marks": [["Indicator", "Period", "Figure", "Mark"], ["care", "Jul 23", None, "[c]"]],
        "Breakdowns": [HEADERS, *AGES],
        "Narrative": [["Section", "Slot", "Text"], ["care", "good", f"There were {typed} in the month."]],
    }
    month = month_of(tmp_path, sheets, breakdown(of="care"))

    assert told(month.findings) == [("narrative.confidential-number", "Narrative!C2")]
