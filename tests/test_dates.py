"""Dates in cells: the day that Excel counts, from either epoch; one with a time of day is never guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.inputs.workbook.data import read_data
from cpreport.inputs.workbook.layouts import Names
from cpreport.model.finding import Finding
from cpreport.model.period import TERMS, Period, month_of_day
from cpreport.model.period_text import parse_period

from .test_spreadsheet import parts_of, styled, zipped
from .workbooks import example_month

EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
DAY = 24 * 60 * 60
MAC = '<extLst><ext xmlns:x14="urn:x14"><x14:workbookPr defaultImageDpi="32767"/></ext></extLst>'


def period_of(folder: Path, cell: str, properties: str = "", after: str = "") -> tuple[Period | None, list[Finding]]:
    """The period that a header of a Data sheet, given as its XML, is read as."""
    texts = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Indicator", "Figure"))
    names = texts.replace("Indicator", "x").replace("Figure", "value")
    rows = f"<row>{texts}{cell}</row><row>{names}<c><v>1</v></c></row>"
    parts = parts_of(rows, styles=styled("d/m/yyyy", "mmm-yy"), properties=properties)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</workbook>", f"{after}</workbook>")
    book = read_spreadsheet(zipped(folder, parts))
    entries, findings, _ = read_data(book, Names(frozenset({"x"}), frozenset()), TERMS)
    return next((entry.period for entry in entries), None), findings


def serial(day: date, seconds: int, is_1904: bool) -> str:
    return repr((day - EPOCHS[is_1904]).days + seconds / DAY)


@given(
    st.dates(date(2001, 1, 1), date(2098, 12, 31)),
    st.sampled_from([0, 1, -1]),
    st.one_of(st.integers(-59, 59), st.integers(61, DAY - 61)),
    st.booleans(),
)
def test_a_date_is_its_month_or_an_error_at_any_time_of_day_and_in_both_epochs(
    tmp_path_factory: pytest.TempPathFactory, day: date, beside: int, seconds: int, is_1904: bool
) -> None:
    day = day.replace(day=1) + timedelta(days=beside)
    cell = f'<c s="1"><v>{serial(day, seconds, is_1904)}</v></c>'
    properties = f'<workbookPr date1904="{int(is_1904)}"/>'

    period, findings = period_of(tmp_path_factory.mktemp("any"), cell, properties, after=MAC)

    is_day = seconds < 60
    assert period == (month_of_day(day) if is_day else None)
    assert [finding.code for finding in findings] == (
        [] if period else ["data.header-day" if is_day else "data.time-of-day"]
    )


@pytest.mark.parametrize("flag", ["1", "true"])
@pytest.mark.parametrize("after", ["", MAC, '<y:workbookPr xmlns:y="urn:y" date1904="0"/>'])
def test_what_extensions_say_does_not_change_the_epoch(tmp_path: Path, flag: str, after: str) -> None:
    cell = f'<c s="1"><v>{serial(date(2023, 7, 1), 0, True)}</v></c>'
    period, _ = period_of(tmp_path, cell, f'<workbookPr date1904="{flag}"/>', after)
    assert period == parse_period("Jul 23")


@pytest.mark.parametrize(
    ("moment", "readings"),
    [
        (datetime(2023, 6, 30, 23), "30 June 2023, or 1 July 2023 in another time zone?"),
        (datetime(2023, 7, 1, 1), "1 July 2023, or 30 June 2023 in another time zone?"),
        (datetime(2023, 12, 31, 12), "31 December 2023, or 1 January 2024 in another time zone?"),
    ],
)
def test_a_time_of_day_is_reported_with_both_readings(tmp_path: Path, moment: datetime, readings: str) -> None:
    (finding,) = (found for found in example_month(tmp_path, {"Data!F1": moment}) if found.code == "data.time-of-day")
    assert finding.message == f"{moment:%d/%m/%Y %H:%M} has a time of day: {readings}"
    assert finding.place.cell == "F1"


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="inlineStr"><is><t>2023-06-30T23:00:00Z</t></is></c>',
        '<c t="inlineStr"><is><t>2023-07-01 00:00:00</t></is></c>',
        '<c t="d" s="0"><v>2023-06-30T23:00:00Z</v></c>',
        '<c s="0"><v>0.958</v></c>',
        "<c><v>45108</v></c>",
    ],
)
def test_a_moment_that_is_no_date_is_never_taken_for_a_label(tmp_path: Path, cell: str) -> None:
    period, findings = period_of(tmp_path, cell)
    assert (period, [finding.code for finding in findings]) == (None, ["data.header-not-a-period"])


@pytest.mark.parametrize("seconds", [-59, 0, 59])
def test_days_of_about_may_be_some_seconds_off(tmp_path: Path, seconds: int) -> None:
    off = timedelta(seconds=seconds)
    days = {"About!B2": datetime(2023, 7, 1) + off, "About!B3": datetime(2023, 9, 12) + off}
    as_at = {"About!A4": "Data as at", "About!B4": datetime(2023, 7, 31) + off}
    assert example_month(tmp_path, {**days, **as_at}) == []
