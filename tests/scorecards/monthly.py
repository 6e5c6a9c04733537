"""Scorecards with a column for each month."""

from __future__ import annotations

from datetime import date

from cpreport.inputs.workbook.scorecard.values import Label, Open

from ..example_month import Shown
from .card import GOOD, HIGH, LOW, NEITHER, NOTE, REF, TARGET, TITLE, Card, Versus, across, pct, periods, said

STATUS, DIRECTION, OWNER, UNIT = Label.STATUS, Label.DIRECTION, Label.OWNER, Label.UNIT
TOLERANCE, FREQUENCY = Label.TOLERANCE, Label.FREQUENCY
GREEN, AMBER, RED, GREY, BLUE = "FF92D050", "FFFFC000", "FFFF0000", "FFD9D9D9", "FF9DC3E6"


def plain() -> Card:
    """One header row, references, targets, three comparators; the newest month on the right."""
    columns = {
        "A": REF, "B": TITLE, "C": GOOD, **across("D", periods("Apr 23", 8)), "L": TARGET,
        "M": Versus("Stat neighbours"), "N": Versus("Y&H"), "O": Versus("England"), "P": NOTE,
    }  # fmt: skip
    head = ["Ref", "Indicator", "Good is", *periods("Apr 23", 8)]
    return Card(
        "plain",
        [
            ["Ashcombe Council: children in care scorecard 2023/24"],
            [],
            [*head, "Target", "Stat neighbours", "Y&H", "England", "Comments"],
            ["CIC1", "Children in care per 10,000", "Low", 84.1, 84.6, 85.0, 84.4, 83.9, 84.8, 85.3, 85.1, 80, 91.6,
             81, 71, "Rate on the last day of the month"],
            ["CIC2", "Children in care (number)", "Low", 412, 414, 416, 413, 411, 415, 418, 417],
            ["CIC3", "% with three or more placements in the year", "Low",
             *pct(10.2, 10.4, 9.9, 9.4, 9.7, 10.1, 10.5, 10.3, 9, 10, 11, 10), "Rolling 12 months"],
            ["CIC4", "% in the same placement for two years", "High",
             *pct(68.8, 69.1, 69.3, 70.2, 70.0, 69.4, 68.9, 69.7, 72, 70, 69, 69)],
            ["CIC5", "% of reviews held in time", "High", *pct(97.0, 95.5, 96.2, 94.8, 93.1, 95.0, 96.6, 97.2, 95)],
            ["CL1", "% of care leavers in suitable accommodation", "High",
             *pct(91.0, 91.4, 90.2, 90.9, 92.2, 92.5, 91.9, 92.0, 90, 89, 88, 88)],
            ["UASC", "Unaccompanied children", "Neither", 31, 33, 32, 36, 36, 38, 41, 40],
        ],
        tuple(
            said(row, title, reference, polarity, columns=columns)
            for row, reference, title, polarity in (
                (4, "CIC1", "Children in care per 10,000", LOW),
                (5, "CIC2", "Children in care (number)", LOW),
                (6, "CIC3", "% with three or more placements in the year", LOW),
                (7, "CIC4", "% in the same placement for two years", HIGH),
                (8, "CIC5", "% of reviews held in time", HIGH),
                (9, "CL1", "% of care leavers in suitable accommodation", HIGH),
                (10, "UASC", "Unaccompanied children", NEITHER),
            )
        ),
        titles="A1",
        headings="A3:P3",
    )  # fmt: skip


def year_above_months() -> Card:
    """A merged 2023/24 above Apr to Mar, and a merged 2022/23 above its last quarter: no month names its year."""
    months = periods("Jan 23", 3) + periods("Apr 23", 12)
    columns = {
        "A": REF, "B": TITLE, "C": GOOD, **across("D", months), "S": TARGET, "T": Versus("SN", "2022/23"), "U": Versus("England", "2022/23"),
        "V": STATUS, "W": DIRECTION,
    }  # fmt: skip
    names = [month.split()[0] for month in months]
    blank = [None] * 14
    return Card(
        "year-above-months",
        [
            [None, None, None, "2022/23", None, None, "2023/24", *[None] * 11, "2023/24", "Benchmarks 2022/23"],
            ["PI", "Measure", "Polarity", *names, "Target", "SN", "England", "RAG", "DoT"],
            ["1.1", "Rate of children looked after per 10,000", "↓", 71.2, 71.5, 71.4, 72.0, 72.6, 72.9, 73.3, 73.0,
             73.8, 74.1, 74.0, 73.6, 73.9, 74.4, 74.2, 70, 78, 71, "R", "↑"],
            ["1.2", "Children who started to be looked after", "↓", 11, 9, 14, 12, 8, 10, 13, 7, 9, 12, 11, 6, 10, 9,
             12],
            ["1.3", "Children who ceased to be looked after", "↑", 8, 12, 9, 10, 11, 7, 9, 12, 8, 10, 9, 13, 8, 11, 10],
            ["2.1", "Looked after children with an up-to-date health assessment", "↑",
             *pct(88, 87, 90, 91, 92, 91, 90, 89, 88, 90, 91, 93, 94, 93, 92, 95, 89, 91, decimals=0), "A", "→"],
            ["2.2", "Personal education plans completed in time", "↑",
             *pct(95, 96, 97, 94, 95, 96, 96, None, 97, 98, 96, 95, 96, 97, 98, 98, decimals=0), None, None, "G", "↑"],
            [*blank],
            ["Green: at or above target. Amber: within five points. Red: more than five points away."],
        ],
        tuple(
            said(row, title, reference, polarity, columns=columns)
            for row, reference, title, polarity in (
                (3, "1.1", "Rate of children looked after per 10,000", LOW),
                (4, "1.2", "Children who started to be looked after", LOW),
                (5, "1.3", "Children who ceased to be looked after", HIGH),
                (6, "2.1", "Looked after children with an up-to-date health assessment", HIGH),
                (7, "2.2", "Personal education plans completed in time", HIGH),
            )
        ),
        headings="A1:W2",
        unread="A9",
        merged="D1:F1 G1:R1 T1:U1",
    )  # fmt: skip


def newest_first() -> Card:
    """The newest month beside the title; the year's own column after it, the last year's outturn at the end."""
    columns = {
        "A": TITLE, "B": TARGET, **across("C", periods("Nov 23", 1)), **across("D", periods("May 23", 6)[::-1]),
        "K": Versus("SN average"), "L": Versus("National"), "M": GOOD,
    }  # fmt: skip
    head = ["Performance measure", "Target 23/24", "November 2023", "October 2023", "September 2023", "August 2023"]
    return Card(
        "newest-first",
        [
            ["Corporate Parenting Performance – Westmoor Metropolitan Borough Council"],
            ["Produced by the Performance and Intelligence Team, 14 December 2023"],
            [*head, "July 2023", "June 2023", "May 2023", "YTD", "SN average", "National", "Bigger or smaller is better?"],
            ["Children in our care: rate per 10,000", 95, 101.4, 101.1, 100.6, 100.9, 100.2, 99.7, 99.8, None, 105.8, 71,
             "Smaller is better"],
            ["Children placed more than 20 miles from home", *pct(15, 18.3, 18.0, 17.7, 17.1, 16.6, 16.9, 16.4, None, 17,
             21), "Smaller is better"],
            ["Statutory visits completed within timescale", *pct(90, 86.4, 87.9, 88.1, 84.0, 85.5, 88.8, 89.2, 87.1),
             None, None, "Bigger is better"],
            ["Initial health assessments within 20 working days", *pct(85, 61.5, 70.0, 58.3, 66.7, 75.0, 80.0, 72.7,
             69.0), None, None, "Bigger is better"],
            ["Care leavers in education, employment or training", *pct(60, 57.4, 56.8, 56.9, 58.0, 57.2, 56.1, 55.9,
             None, 56, 55), "Bigger is better"],
            ["Children missing from placement", None, 14, 17, 12, 19, 16, 15, 13, 106, None, None, "Smaller is better"],
        ],
        tuple(
            said(row, title, "", polarity, columns=columns)
            for row, title, polarity in (
                (4, "Children in our care: rate per 10,000", LOW),
                (5, "Children placed more than 20 miles from home", LOW),
                (6, "Statutory visits completed within timescale", HIGH),
                (7, "Initial health assessments within 20 working days", HIGH),
                (8, "Care leavers in education, employment or training", HIGH),
                (9, "Children missing from placement", LOW),
            )
        ),
        titles="A1:A2",
        headings="A3:I3 K3:M3",
        unread="J3:J9",
    )  # fmt: skip


def years_only_first() -> Card:
    """Months over two years; only the first, and the first of the new year, name theirs."""
    months = periods("Oct 22", 12)
    columns = {"A": REF, "B": TITLE, **across("C", months), "O": TARGET, "P": Versus("Eng."), "Q": FREQUENCY}
    names = ["Oct 2022", "Nov", "Dec", "Jan 2023", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]
    return Card(
        "years-only-first",
        [
            ["Ref.", "Description", *names, "Tgt", "Eng.", "Frequency"],
            ["FO1", "Number of approved fostering households", 88, 88, 87, 86, 86, 85, 85, 84, 84, 83, 84, 84, 95, None,
             "Monthly"],
            ["FO2", "% of children in a family placement", 78.1, 77.9, 77.2, 76.8, 76.9, 77.0, 76.5, 76.1, 75.8, 75.9,
             75.2, 75.4, 80, 76, "Monthly"],
            ["FO3", "Fostering enquiries received", 21, 18, 9, 27, 22, 25, 16, 19, 20, 14, 11, 23, None, None, "Monthly"],
            ["FO4", "% of annual reviews of foster carers in time", 91, 88, 90, 93, 95, 94, 92, 89, 90, 96, 97, 95, 95,
             None, "Monthly"],
        ],
        tuple(
            said(row, title, reference, None, columns=columns)
            for row, reference, title in (
                (2, "FO1", "Number of approved fostering households"),
                (3, "FO2", "% of children in a family placement"),
                (4, "FO3", "Fostering enquiries received"),
                (5, "FO4", "% of annual reviews of foster carers in time"),
            )
        ),
        headings="A1:Q1",
        open=tuple((Open.POLARITY, f"A{row}:Q{row}") for row in range(2, 6)),
    )  # fmt: skip


def labels_on_the_right() -> Card:
    """Months first; title, reference, polarity and target stand right of them."""
    columns = {
        **across("A", periods("Jan 24", 6)), "G": TITLE, "H": REF, "I": GOOD, "J": TARGET, "K": Versus("Statistical neighbour average"),
        "L": Versus("England average"), "M": OWNER,
    }  # fmt: skip
    return Card(
        "labels-on-the-right",
        [
            ["Jan-24", "Feb-24", "Mar-24", "Apr-24", "May-24", "Jun-24", "Indicator name", "Indicator ref", "Aim",
             "Target", "Statistical neighbour average", "England average", "Lead officer"],
            [*pct(81.0, 82.2, 80.4, 83.1, 84.0, 83.3), "Dental checks in the last 12 months", "H1", "Aim to maximise",
             *pct(85, 79, 76), "R Osei"],
            [*pct(92.4, 91.8, 93.0, 92.9, 93.5, 94.1), "Immunisations up to date", "H2", "Aim to maximise",
             *pct(95, 88, 82), "R Osei"],
            [14.2, 14.1, 13.9, 14.0, 14.3, 14.4, "Average SDQ score", "H3", "Aim to minimise", 13.5, 14.6, 14.4,
             "J Patel"],
            [3, 1, "-", 2, "n/a", 4, "Children admitted to hospital for self-harm", "H4", "Aim to minimise", None, None, None,
             "J Patel"],
        ],
        tuple(
            said(row, title, reference, polarity, columns=columns)
            for row, reference, title, polarity in (
                (2, "H1", "Dental checks in the last 12 months", HIGH),
                (3, "H2", "Immunisations up to date", HIGH),
                (4, "H3", "Average SDQ score", LOW),
                (5, "H4", "Children admitted to hospital for self-harm", LOW),
            )
        ),
        headings="A1:M1",
    )  # fmt: skip


def excel_dates() -> Card:
    """Headings that are Excel dates shown as mmm-yy, a typed one that became 23-Jul, and a unit beside each title."""
    days = [Shown(date(2023, month, 1), "mmm-yy") for month in (3, 4, 5, 6)]
    ends = [Shown(date(2023, 8, 31), "mmm-yy"), Shown(date(2023, 9, 30), "mmm-yy")]
    months = periods("Mar 23", 7)
    columns = {"A": TITLE, "B": UNIT, "C": GOOD, **across("D", months), "K": TARGET, "L": TOLERANCE}
    return Card(
        "excel-dates",
        [
            ["Children's Homes and Placements Dashboard"],
            ["KPI", "Unit", "Good performance", *days, Shown(date(2026, 7, 23), "dd-mmm"), *ends, "Target", "Tolerance"],
            ["Occupancy of our own children's homes", "%", "High", 82, 85, 88, 88, 91, 90, 86, 90, 5],
            ["Children in external residential placements", "Number", "Low", 44, 45, 47, 46, 48, 47, 49, 40, 4],
            ["Average weekly cost of external placements", "£", "Low", 5120, 5230, 5305, 5290, 5410, 5445, 5520, 5000,
             250],
            ["Unregistered placements", "Number", "Low", 2, 1, 1, 0, 1, 2, 1, 0, 0],
        ],
        tuple(
            said(row, title, "", polarity, columns=columns)
            for row, title, polarity in (
                (3, "Occupancy of our own children's homes", HIGH),
                (4, "Children in external residential placements", LOW),
                (5, "Average weekly cost of external placements", LOW),
                (6, "Unregistered placements", LOW),
            )
        ),
        titles="A1",
        headings="A2:L2",
        either="H3:H6",
        open=((Open.PERIOD, "H2"),),
    )  # fmt: skip
