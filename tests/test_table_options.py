"""One table's own options: what it prints of a figure is what the plain table prints, and what cannot be is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.wording import DIRECTIONS
from cpreport.model.document import EMPTY, Note, Table, TableCell, plain
from cpreport.model.errors import InputError
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_report

from .examples import examples
from .test_table_columns import BREAK, INDICATORS, MONTHLY, MONTHS, headings, rows_of, tables_of, text_of
from .workbooks import REPORT, write_report, write_workbook

TABLE = "{{{{ indicator_table(section.indicators{}) }}}}\n"
ENGLAND = '\n[[comparators]]\nid = "England"\nheading = "Eng."\nname = "England"\n'
BENCHMARKS = [["Indicator", "Benchmark", "Value", "Period"], ["plain", "SN", 30, "2021/22"]]


def month_of(folder: Path, care: str, names: Sequence[str], more: str = "", **sheets: object) -> Month:
    """A month whose one section is composed by a template; `more` are further keys of its section, then tables."""
    report = REPORT.format(listed=list(names)) + more
    write_report(folder, INDICATORS, report=report, care=care)
    about = [["Key", "Value"], ["Reporting period", "Jul 2023"]]
    data = {"About": about, "Data": rows_of(), "Marks": BREAK, **sheets}
    return load_workbook(write_workbook(folder / "july-2023.xlsx", data))  # type: ignore[arg-type]


def table_of(folder: Path, options: str, names: Sequence[str] = MONTHLY, more: str = "", **sheets: object) -> Table:
    month = month_of(folder, TABLE.format(f", {options}"), names, more, **sheets)
    assert [each.message for each in month.errors] == []
    (table,) = tables_of(month)
    return table


def notes_of(month: Month) -> list[str]:
    return [plain(block.text) for block in month.report.sections[0].blocks if isinstance(block, Note)]


def column(table: Table, heading: str) -> dict[str, str]:
    """What a column prints of each indicator, by its title in lower case."""
    at = 2 + headings(table).index(heading)
    return {text_of(row.cells[0]).lower(): text_of(row.cells[at]) for row in table.rows}


def without_direction(cell: TableCell) -> str:
    """A cell's text without its direction of travel."""
    lines = [plain(line) for line in cell.lines]
    return " ".join(line for line in lines if line not in DIRECTIONS.values())


@pytest.mark.parametrize("periods", ['["Dec 22", "Jan 23", "Jul 23"]', "[-7, -6, 0]"])
def test_a_table_has_the_periods_that_its_tag_lists(tmp_path: Path, periods: str) -> None:
    keys = "\n[tables]\nyear_end = true\nmean = 12\n"
    table = table_of(tmp_path, f"periods={periods}", more=keys)

    assert headings(table) == ["Dec 22", "Jan 23, 6 months ago", "Jul 23", "12-month mean", "Target", "Status"]
    assert column(table, "Dec 22")["offers"] == "43.7% (31/71) ↑ up"


def test_a_number_and_its_per_cent_have_columns_of_their_own(tmp_path: Path) -> None:
    table = table_of(tmp_path, "pairs=true, periods=[-12, 0]")

    assert headings(table)[:4] == ["Jul 22 number, year ago", "Jul 22 %, year ago", "Jul 23 number", "Jul 23 %"]
    assert table.figures == 4
    numbers, rates = column(table, "Jul 23 number"), column(table, "Jul 23 %")
    assert (numbers["offers"], rates["offers"]) == ("38/78", "48.7% ↑ up")
    assert (numbers["plain"], rates["plain"]) == ("38 ↑ up", EMPTY)
    assert (numbers["gone"], rates["gone"]) == ("no data", "no data")
    assert (numbers["hidden"], rates["hidden"]) == ("confidential", "confidential")


def test_pairs_of_a_row_of_directions_have_them_beside_the_rate(tmp_path: Path) -> None:
    text = 'direction = "row"\n' + REPORT.format(listed=["offers"])
    write_report(tmp_path, INDICATORS, report=text, care=TABLE.format(", pairs=true, periods=[-1, 0]"))
    (table,) = tables_of(load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": rows_of()})))

    assert [[text_of(cell) for cell in row.cells[2:6]] for row in table.rows] == [
        ["37/77", "48.1%", "38/78", "48.7%"],
        [EMPTY, "↑ up", EMPTY, "↑ up"],
    ]


@pytest.mark.parametrize(
    ("name", "offset", "heading"),
    [
        ("plain", -1, "30 Jun 23"),
        ("quarterly", 0, "30 Jun 23"),
        ("termly", -1, "31 Mar 23"),
        ("yearly", 0, "31 Mar 23"),
    ],
)
def test_a_column_may_be_headed_by_the_last_day_of_its_period(
    tmp_path: Path, name: str, offset: int, heading: str
) -> None:
    assert headings(table_of(tmp_path, f'labels="date", periods=[{offset}]', [name]))[0] == heading


def test_without_directions_a_table_has_neither_arrows_nor_what_they_are(tmp_path: Path) -> None:
    table = table_of(tmp_path, "direction=false", Benchmarks=BENCHMARKS)

    assert "Arrows" in table_of(tmp_path / "plain", "direction=true").caption
    assert "Arrows" not in table.caption
    texts = " ".join(text_of(cell) for row in table.rows for cell in row.cells[2:])
    assert "↑" not in texts and "we are" not in texts


def test_a_table_has_the_comparators_that_its_tag_lists(tmp_path: Path) -> None:
    def shown(number: int, options: str) -> list[str]:
        rows = [*BENCHMARKS, ["plain", "England", 40]]
        return headings(table_of(tmp_path / str(number), options, ["plain"], ENGLAND, Benchmarks=rows))[4:]

    assert shown(1, "target=false") == ["SN", "Eng."]
    assert shown(2, 'comparators=["England", "SN"]') == ["Eng.", "SN"]
    assert shown(3, 'comparators=["England"]') == ["Eng."]
    assert shown(4, "comparators=[]") == []


def test_target_and_status_stand_or_are_left_out_each(tmp_path: Path) -> None:
    def shown(number: int, options: str, names: Sequence[str] = MONTHLY) -> list[str]:
        return headings(table_of(tmp_path / str(number), f"periods=[0], {options}", names))[1:]

    assert shown(1, "pairs=false") == ["Target", "Status"]
    assert shown(2, "target=false") == ["Status"]
    assert shown(3, "status=false") == ["Target"]
    assert shown(4, "target=true", ["plain"]) == ["Target"]
    assert shown(5, "status=true", ["plain"]) == ["Status"]


def test_what_is_of_the_newest_figure_is_left_out_of_a_table_that_does_not_show_it(tmp_path: Path) -> None:
    keys = "\n[tables]\nmean = 12\njudgement = true\nyear_end = true\n"
    month = month_of(tmp_path, TABLE.format(", periods=[-4, -3]"), MONTHLY, keys, Benchmarks=BENCHMARKS)
    (table,) = tables_of(month)

    assert headings(table) == ["Mar 23", "Apr 23", "SN"]
    assert column(table, "SN")["plain"] == "30 (2021/22)"


def test_a_caption_of_its_own_stands_alone_and_the_rest_is_a_note(tmp_path: Path) -> None:
    month = month_of(tmp_path, TABLE.format(', caption="Offers  made", name="tab-offers"'), ["offers"])
    (table,) = tables_of(month)

    assert (table.caption, table.name) == ("Offers made", "tab-offers")
    assert notes_of(month)[0] == "Arrows: change on the month before."


def test_no_two_captions_are_alike_where_they_are_given(tmp_path: Path) -> None:
    tag = TABLE.format(', caption="Offers", direction=false')
    month = month_of(tmp_path, f"{tag}\n{tag}\n{TABLE.format(', direction=false')}", ["plain", "quarterly"])

    assert [table.caption for table in tables_of(month)][:4] == ["Offers", "Offers (2)", "Offers (3)", "Offers (4)"]
    assert len({table.caption for table in tables_of(month)}) == 6


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ("periods=[]", "periods is an empty list"),
        ("periods=-1", "periods must be a list"),
        ("periods=[1]", "1 is not an offset"),
        ("periods=[0, -1]", "periods must be in order"),
        ("periods=[-1, -1]", "periods must be in order"),
        ('periods=["Jul 23", 0]', "0 is not a period"),
        ("periods=[true]", "yes or no is not a period"),
        ('periods=["Jly 23"]', "'Jly' is not a month"),
        ('periods=["Jul 23", "2023/24"]', "Jul 23 is a month, but 2023/24 is a year"),
        ('periods=["Aug 23"]', "Aug 23 is after Jul 23"),
        ('periods=["Jul 12"]', "Jul 12 is before Jan 22"),
        ('periods=["Q1 22/23"]', "periods are quarters, but offers has a figure for each month"),
        (f"pairs=true, periods={[*range(-24, 1)]}", "periods gives 50 columns; a table has at most 48"),
        ('pairs="yes"', "pairs must be true or false"),
        ('labels="dates"', "did you mean 'date'?"),
        ('caption=" "', "caption must be a text"),
        ("caption=7", "caption must be a text"),
        ("direction=0", "direction must be true or false"),
        ('comparators=["Sn"]', "'Sn' is not a comparator of this report; did you mean 'SN'?"),
        ('comparators="SN"', "comparators must be a list"),
        ('comparators=["SN", "SN"]', "comparators has one of them twice"),
        ("target=true, periods=[-1]", "targets and statuses are those of Jul 23"),
        ('name="a table"', "name must be a text"),
        ('captions="x"', "no option 'captions'; did you mean 'caption'?"),
        ("true", "takes one value in its brackets"),
    ],
)
def test_an_option_that_cannot_be_is_refused_with_its_reason(tmp_path: Path, options: str, problem: str) -> None:
    month = month_of(tmp_path, TABLE.format(f", {options}"), MONTHLY)

    (found,) = month.errors
    assert found.code == "template.failed"
    assert problem in found.message
    with pytest.raises(InputError):
        build_report(month)


def test_a_table_of_numbers_has_no_pairs_beside_one_that_has(tmp_path: Path) -> None:
    month = month_of(tmp_path, TABLE.format(", pairs=true, periods=[0], target=false"), ["offers", "quarterly"])

    assert [headings(table)[:2] for table in tables_of(month)] == [
        ["Jul 23 number", "Jul 23 %"],
        ["Apr-Jun 23/24 Q1"],
    ]


def test_pairs_need_a_rate_and_a_name_one_table(tmp_path: Path) -> None:
    def refused(options: str, names: Sequence[str]) -> str:
        (found,) = month_of(tmp_path / names[-1], TABLE.format(f", {options}"), names).errors
        return found.message

    assert "pairs needs a rate or percentage" in refused("pairs=true", ["plain"])
    assert "these indicators make 2" in refused('name="tab"', ["plain", "quarterly"])


@pytest.mark.parametrize("entry", ['-"a"', "-period", "1 - 2", "--1"])
def test_a_list_has_only_texts_and_numbers_with_a_minus_or_without(tmp_path: Path, entry: str) -> None:
    month = month_of(tmp_path, TABLE.format(f", periods=[{entry}]"), ["plain"])

    assert {found.code for found in month.errors} == {"template.not-allowed"}


def test_a_confidential_figure_has_neither_number_nor_per_cent(tmp_path: Path) -> None:
    marks = [["Indicator", "Period", "Mark"], ["offers", "Jul 23", "[c]"]]
    month = month_of(tmp_path, TABLE.format(", pairs=true, periods=[0]"), ["offers"], Marks=marks)

    (table,) = tables_of(month)
    assert [text_of(cell) for cell in table.rows[0].cells[2:4]] == ["confidential", "confidential"]
    assert not {"38", "48.7"} & set(re.findall(r"[\d.]+", str(table.rows)))


def test_word_has_one_row_of_headings_in_which_no_date_breaks(tmp_path: Path) -> None:
    month = month_of(tmp_path, TABLE.format(', pairs=true, labels="date", periods=[-1, 0]'), ["offers"])
    written = docx.Document(BytesIO(build_report(month))).tables[-1]

    dates = [cell.text.replace("\u00a0", "_") for cell in written.rows[0].cells][2:6]
    assert dates == ["30_Jun_23 number", "30_Jun_23 %", "31_Jul_23 number", "31_Jul_23 %"]
    assert len(written.rows) == 2


def test_a_sections_periods_are_those_of_its_tables_and_of_its_figures(tmp_path: Path) -> None:
    care = TABLE.format("") + "\n" + TABLE.format(", periods=[0]")
    month = month_of(tmp_path, care, ["plain", "quarterly"], "periods = [-2, 0]\n[tables]\nyear_end = true\n")

    found = [headings(table) for table in tables_of(month)]
    assert found[0] == ["May 23, 2 months ago", "Jul 23"]
    assert found[1] == ["Oct-Dec 22/23 Q3, 2 quarters ago", "Apr-Jun 23/24 Q1"]
    assert found[2] == ["Jul 23"]
    assert [row.period for row in month.rows() if row.indicator == "plain"] == ["May 23", "Jul 23"]


@pytest.mark.parametrize("periods", ["[]", "[1]", "[0, -1]", '["Jul 23"]'])
def test_a_sections_periods_are_offsets_in_order(tmp_path: Path, periods: str) -> None:
    with pytest.raises(InputError, match="sections"):
        month_of(tmp_path, TABLE.format(""), ["plain"], f"periods = {periods}\n")


def test_more_columns_than_fit_are_a_warning_that_says_how_many_do(tmp_path: Path) -> None:
    month = month_of(tmp_path, TABLE.format(f', pairs=true, caption="Wide", periods={[*range(-15, 1)]}'), ["offers"])

    (found,) = [each for each in month.findings if each.code == "definition.table-too-wide"]
    assert found.message.startswith("'Wide': 32 columns of periods and comparators beside Target and Status do not fit")
    fitting = int(found.message.split("; ")[1].split()[0])
    assert 4 < fitting < 32
    fewer = f", pairs=true, periods={[*range(1 - fitting // 2, 1)]}"
    less = month_of(tmp_path / "less", TABLE.format(fewer), ["offers"])
    assert "definition.table-too-wide" not in {each.code for each in less.findings}


OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "pairs": st.booleans(),
        "labels": st.sampled_from(["period", "date"]),
        "caption": st.just("Own"),
        "direction": st.booleans(),
        "comparators": st.just(()),
        "target": st.booleans(),
        "status": st.booleans(),
        "name": st.just("tab"),
    },
)
_folders = count()


@examples(25)
@given(OPTIONS, st.sets(st.integers(0, len(MONTHS) - 1), min_size=1, max_size=6), st.booleans())
def test_a_table_with_options_prints_of_each_figure_what_the_plain_one_prints(
    tmp_path_factory: pytest.TempPathFactory, options: Mapping[str, object], chosen: set[int], by_label: bool
) -> None:
    shown = [at + 1 - len(MONTHS) for at in sorted(chosen | {len(MONTHS) - 1})]
    periods = [MONTHS[each - 1] if by_label else each for each in shown]
    texts = "".join(f", {name}={_typed(value)}" for name, value in options.items())
    care = TABLE.format(f", periods={_typed(periods)}{texts}")
    folder = tmp_path_factory.mktemp("options") / str(next(_folders))
    month = month_of(folder, care + "\n" + TABLE.format(""), MONTHLY, f"periods = {shown}\n")
    assert [each.message for each in month.errors] == []
    own, same = tables_of(month)

    width = 2 if options.get("pairs") else 1
    for row, twin in zip(own.rows, same.rows, strict=True):
        for at in range(len(shown)):
            cells = row.cells[2 + width * at : 2 + width * (at + 1)]
            assert _as_one([without_direction(cell) for cell in cells]) == without_direction(twin.cells[2 + at])


def _typed(value: object) -> str:
    """A value as a template has it."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_typed, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_one(texts: Sequence[str]) -> str:
    """A pair's number and rate as one cell prints them."""
    if len(texts) == 1 or texts[1] in (EMPTY, texts[0]):
        return texts[0]
    number, (value, *remarks) = texts[0], texts[1].split(" ")
    return " ".join((value, f"({number})", *remarks))
