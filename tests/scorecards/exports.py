"""Scorecards that come out of other tools, and those that are turned, split or decorated."""

from __future__ import annotations

from datetime import date

from cpreport.inputs.workbook.scorecard.values import Label, Open

from ..example_month import Shown
from .card import (
    DENOMINATOR,
    GOOD,
    HIGH,
    LOW,
    NEITHER,
    NOTE,
    NUMERATOR,
    REF,
    TARGET,
    TITLE,
    VALUE,
    Card,
    Versus,
    When,
    across,
    pct,
    periods,
    said,
)

STATUS, DIRECTION, SECTION, UNIT = Label.STATUS, Label.DIRECTION, Label.SECTION, Label.UNIT
GREEN, AMBER, RED, GREY, BLUE = "FF92D050", "FFFFC000", "FFFF0000", "FFD9D9D9", "FF9DC3E6"


def power_bi() -> Card:
    """An export of a matrix: theme and indicator repeated on each row, a Total column, a Total row, the filters below."""
    months = periods("Apr 23", 5)
    columns = {"A": SECTION, "B": TITLE, **across("D", months)}
    names = ["April 2023", "May 2023", "June 2023", "July 2023", "August 2023"]
    rows: list[list[object]] = [["Theme", "Indicator", "Measure", *names, "Total"]]
    for theme, title, some, all in (
        ("Placements", "Placed over 20 miles away", (81, 83, 80, 84, 86), (402, 405, 404, 409, 411)),
        ("Placements", "Placed with brothers and sisters", (97, 99, 96, 98, 101), (131, 133, 130, 132, 135)),
        ("Health", "Dental checks up to date", (310, 316, 301, 299, 320), (388, 391, 390, 395, 398)),
    ):
        rows += [
            [theme, title, "Numerator", *some, sum(some)],
            [theme, title, "Denominator", *all, sum(all)],
            [theme, title, "Percentage", *pct(*(round(100 * n / d, 2) for n, d in zip(some, all, strict=True)), None)],
        ]
    rows += [["Total", None, None, 1409, 1427, 1401, 1417, 1451, 7105], []]
    rows += [["Applied filters:\nFinancial Year is 2023/24\nDirectorate is Children's Services"]]
    return Card(
        "power-bi",
        rows,
        tuple(
            said(
                row, title, section=theme, columns=columns,
                parts={row: NUMERATOR, row + 1: DENOMINATOR, row + 2: VALUE},
                more={f"A{row + 1}": SECTION, f"A{row + 2}": SECTION, f"B{row + 1}": TITLE, f"B{row + 2}": TITLE},
            )
            for row, theme, title in (
                (2, "Placements", "Placed over 20 miles away"),
                (5, "Placements", "Placed with brothers and sisters"),
                (8, "Health", "Dental checks up to date"),
            )
        ),
        sheet="Export",
        headings="A1:H1 C2:C10",
        unread="I1:I11 A11:H11 A13",
    )  # fmt: skip


def this_month() -> Card:
    """As the analysis tools that inspectors use: groups, last month and this month, the month in a title."""
    columns = {"A": TITLE, "B": When("Oct 22"), "C": When("Sep 23"), "D": When("Oct 23"), "F": DIRECTION}
    said_in = (
        (6, "Contacts in the month", "Front door"),
        (7, "Referrals in the month", "Front door"),
        (8, "Re-referrals within 12 months", "Front door"),
        (10, "Children looked after", "Children looked after"),
        (11, "Rate per 10,000", "Children looked after"),
        (12, "Unaccompanied asylum-seeking children", "Children looked after"),
        (14, "Care leavers 17 to 21", "Care leavers"),
        (15, "In suitable accommodation", "Care leavers"),
    )
    return Card(
        "this-month",
        [
            ["Children's services summary"],
            ["Reporting month:", "October 2023"],
            [],
            ["Measure", "Same month last year", "Last month", "This month", "Change", "Direction"],
            ["Front door"],
            ["Contacts in the month", 1204, 1310, 1287, -23, "▼"],
            ["Referrals in the month", 301, 322, 340, 18, "▲"],
            ["Re-referrals within 12 months", *pct(19.2, 21.0, 20.1), -0.009, "▼"],
            ["Children looked after"],
            ["Children looked after", 588, 601, 604, 3, "▲"],
            ["Rate per 10,000", 60.0, 61.3, 61.6, 0.3, "▲"],
            ["Unaccompanied asylum-seeking children", 31, 44, 47, 3, "▲"],
            ["Care leavers"],
            ["Care leavers 17 to 21", 312, 330, 333, 3, "▲"],
            ["In suitable accommodation", *pct(91.0, 90.2, 89.7), -0.005, "▼"],
        ],
        tuple(said(row, title, section=section, columns=columns) for row, title, section in said_in),
        sheet="Summary",
        titles="A1 A2:B2",
        headings="A4:D4 F4",
        groups="A5 A9 A13",
        unread="E4:E15",
        settled=((Open.PERIOD, "B4:D4"),),
        given="Oct 23",
        is_stated=True,
    )  # fmt: skip


def transposed() -> Card:
    """A column for each indicator, a row for each month; unit, polarity and target above, comparators below."""
    rows = {
        1: REF,
        2: TITLE,
        3: UNIT,
        4: GOOD,
        5: TARGET,
        **across(6, periods("Apr 23", 6)),
        13: Versus("Statistical neighbours"),
        14: Versus("England"),
    }
    return Card(
        "transposed",
        [
            ["Reference", "4.1", "4.2", "4.3", "4.4"],
            ["Indicator", "Children in care", "Children in care per 10,000", "Care plans up to date", "Foster carers available"],
            ["Unit", "Number", "Per 10,000", "%", "Number"],
            ["Good is", "Low", "Low", "High", "High"],
            ["Target", 590, 60, 95, 220],
            ["Apr-23", 601, 61.3, 93.1, 204],
            ["May-23", 603, 61.5, 92.8, 203],
            ["Jun-23", 600, 61.2, 94.4, 203],
            ["Jul-23", 604, 61.6, 94.9, 201],
            ["Aug-23", 606, 61.8, 91.7, 200],
            ["Sep-23", 605, 61.7, 93.6, 202],
            [],
            ["Statistical neighbours", None, 91.6],
            ["England", None, 71],
        ],
        tuple(
            said(column, title, reference, polarity, columns=rows)
            for column, reference, title, polarity in (
                ("B", "4.1", "Children in care", LOW),
                ("C", "4.2", "Children in care per 10,000", LOW),
                ("D", "4.3", "Care plans up to date", HIGH),
                ("E", "4.4", "Foster carers available", HIGH),
            )
        ),
        headings="A1:A14",
    )  # fmt: skip


def decorated() -> Card:
    """Headings that say more than the month: Actual, (prov.), Tgt, an outturn and a forecast."""
    columns = {
        "A": REF, "B": TITLE, "C": GOOD, "D": When("2022/23"), "E": When("Apr 23"), "F": When("May 23"), "G": When("Jun 23"),
        "H": When("Jul 23"), "I": TARGET, "K": Versus("SN Avg", "2021/22"), "L": Versus("Eng.", "2021/22"),
    }  # fmt: skip
    return Card(
        "decorated",
        [
            ["KPI ref", "KPI description", "Desired direction", "2022/23 Outturn", "Apr-23 Actual", "May-23 Actual",
             "June 2023 (prov.)", "July 2023 (provisional)", "2023/24 Tgt", "Year-end forecast", "SN Avg 2021/22", "Eng. 2021/22"],
            ["CP-01", "Looked after children per 10,000*", "Decrease", 77.2, 77.0, 77.4, 78.0, 78.3, 75, 78, 82, 70],
            ["CP-02", "LAC with 3+ placements in 12 months", "Decrease", *pct(11.9, 12.1, 11.7, 11.2, 11.4, 10, 11, 10, 10)],
            ["CP-03", "LAC reviews in timescale", "Increase", *pct(94.0, 96.1, 95.8, 93.3, 95.0, 97, 95.5)],
            ["CP-04", "Life-story work completed before adoption", "Increase", *pct(71, 70, 75, 80, 78, 90, 85, decimals=0)],
            ["* excludes short breaks"],
        ],
        tuple(
            said(row, title, reference, polarity, columns=columns)
            for row, reference, title, polarity in (
                (2, "CP-01", "Looked after children per 10,000*", LOW),
                (3, "CP-02", "LAC with 3+ placements in 12 months", LOW),
                (4, "CP-03", "LAC reviews in timescale", HIGH),
                (5, "CP-04", "Life-story work completed before adoption", HIGH),
            )
        ),
        headings="A1:I1 K1:L1",
        unread="J1:J5 A6",
        either="D1:D5",
    )  # fmt: skip


def number_and_percentage_columns() -> Card:
    """Each quarter merged above No. and %, a row of units below; notes at the side and at the foot."""
    quarters = periods("Q1 2023/24", 3)
    columns = {
        "A": TITLE, "B": GOOD, **across("C", quarters, NUMERATOR, 2), **across("D", quarters, VALUE, 2), "I": TARGET,
        "J": NOTE,
    }  # fmt: skip
    return Card(
        "number-and-percentage-columns",
        [
            ["Care leavers – quarterly return"],
            [None, None, "2023/24 Q1", None, "2023/24 Q2", None, "2023/24 Q3", None, None, None],
            ["Outcome", "Good performance is", *["No.", "%"] * 3, "Target (%)", "Notes"],
            ["In touch", "High", 201, 94.8, 203, 95.3, 199, 93.0, 96, "All aged 17 to 21"],
            ["In suitable accommodation", "High", 190, 89.6, 192, 90.1, 193, 90.2, 92],
            ["In education, employment or training", "High", 118, 55.7, 121, 56.8, 124, 57.9, 60, "Includes apprenticeships"],
            ["In custody", "Low", 4, 1.9, 5, 2.3, 3, 1.4],
            [],
            ["Note: counts are of young people on the last day of the quarter."],
            ["Contact: Leaving Care Team, ext. 4410"],
        ],
        tuple(
            said(row, title, "", polarity, columns=columns)
            for row, title, polarity in (
                (4, "In touch", HIGH),
                (5, "In suitable accommodation", HIGH),
                (6, "In education, employment or training", HIGH),
                (7, "In custody", LOW),
            )
        ),
        titles="A1",
        headings="C2:H2 A3:J3",
        unread="A9:A10",
        merged="C2:D2 E2:F2 G2:H2",
    )  # fmt: skip


def coloured_groups() -> Card:
    """Group rows merged across in colour, a status that is nothing but a fill, and columns and rows that are hidden."""
    months = periods("Jan 23", 9)
    columns = {"A": REF, "B": TITLE, "C": GOOD, **across("D", months), "M": TARGET}
    first, second, third = "Priority 1: A stable home", "Priority 2: Good health", "Priority 3: A voice"
    return Card(
        "coloured-groups",
        [
            ["Corporate Parenting Board scorecard"],
            ["Key: green – on target; amber – within 10%; red – off target"],
            ["PI", "Indicator", "H/L", *months, "Target"],
            [first],
            ["1.1", "Moves of placement in the month", "L", 21, 24, 19, 23, 25, 18, 22, 20, 26, 18],
            ["1.2", "Children placed with family and friends", "H", 88, 87, 90, 92, 93, 93, 95, 97, 98, 100],
            [second],
            ["2.1", "Health plans in place (%)", "H", 91, 92, 92, 93, 91, 90, 94, 95, 95, 95],
            ["2.2", "Waiting for CAMHS", "L", 12, 14, 13, 11, 10, 12, 12, 9, 10, 8],
            ["2.3", "Registered with a GP (%)", "H", 99, 99, 100, 100, 99, 99, 100, 100, 100, 100],
            [third],
            ["3.1", "Children taking part in their review (%)", "H", 88, 90, 91, 89, 92, 93, 93, 94, 92, 95],
            ["3.2", "Visits by independent visitors", None, 7, 8, 8, 10, 9, 11, 12, 10, 12],
        ],
        tuple(
            said(row, title, reference, polarity, section=section, columns=columns)
            for row, reference, title, polarity, section in (
                (5, "1.1", "Moves of placement in the month", LOW, first),
                (6, "1.2", "Children placed with family and friends", HIGH, first),
                (8, "2.1", "Health plans in place (%)", HIGH, second),
                (9, "2.2", "Waiting for CAMHS", LOW, second),
                (10, "2.3", "Registered with a GP (%)", HIGH, second),
                (12, "3.1", "Children taking part in their review (%)", HIGH, third),
                (13, "3.2", "Visits by independent visitors", None, third),
            )
        ),
        titles="A1:A2",
        headings="A3:M3",
        groups="A4 A7 A11",
        merged="A1:M1 A4:M4 A7:M7 A11:M11",
        fills={
            "A4:M4": BLUE, "A7:M7": BLUE, "A11:M11": BLUE, "A3:M3": GREY,
            "L5": RED, "L6": AMBER, "L8": GREEN, "L9": AMBER, "L10": GREEN, "L12": AMBER,
        },
        coloured="L5:L6 L8:L10 L12",
        hidden="D E 9",
        other_sheets={"Definitions": [["PI", "Definition"], ["1.1", "Changes of address, without respite"]]},
    )  # fmt: skip


def words_for_status() -> Card:
    """RAG words, arrows and words of direction, last year's figure in a column of its own, a comment of the service."""
    columns = {
        "A": TITLE, "B": GOOD, "C": When("2021/22"), **across("D", periods("Q3 22/23", 3)), "G": TARGET, "H": STATUS,
        "I": DIRECTION, "J": Versus("Statistical Neighbour Average"), "K": Versus("England"), "L": NOTE,
    }  # fmt: skip
    return Card(
        "words-for-status",
        [
            ["Quarter 1 2023/24"],
            ["Measure", "High or low is good", "2021/22", "Q3 22/23", "Q4 22/23", "Q1 23/24", "Target", "RAG rating",
             "Direction of travel", "Statistical Neighbour Average", "England", "Commentary"],
            ["Children in care for more than two years in one home", "High", *pct(66, 67, 69, 70, 70, decimals=0), "Green",
             "↑ Improving", *pct(69, 71, decimals=0), "Six children moved to adopters."],
            ["Children in unregulated placements", "Low", 5, 3, 2, 2, 0, "Red", "→ No change", None, None, "Both are over 17."],
            ["Days from placement order to match", "Low", 201, 188, 194, 210, 121, "Red", "↓ Worsening", 195, 182],
            ["Children who went missing", "Low", 60, 52, 55, 49, 50, "Amber", "↑ Improving"],
            ["Contacts with independent visitors", "High", 30, 28, 31, 31, None, "Not rated", "→ Stable"],
        ],
        tuple(
            said(row, title, "", polarity, columns=columns)
            for row, title, polarity in (
                (3, "Children in care for more than two years in one home", HIGH),
                (4, "Children in unregulated placements", LOW),
                (5, "Days from placement order to match", LOW),
                (6, "Children who went missing", LOW),
                (7, "Contacts with independent visitors", HIGH),
            )
        ),
        titles="A1",
        headings="A2:L2",
        either="C2:C7",
    )  # fmt: skip


def values_as_text() -> Card:
    """Figures that are texts: 89.7%, 1,204, markers, two numbers in one cell."""
    columns = {
        "A": REF,
        "B": TITLE,
        "C": GOOD,
        **across("D", periods("Apr 23", 5)),
        "I": TARGET,
        "J": Versus("SN"),
        "K": Versus("National"),
    }
    return Card(
        "values-as-text",
        [
            ["ID", "Indicator", "Polarity", "Apr 23", "May 23", "Jun 23", "Jul 23", "Aug 23", "Target", "SN", "National"],
            ["A1", "Children in care", "Lower is better", "1,204", "1,211", "1,209", "1,215", "1,220", "1,150", "-", "-"],
            ["A2", "Reviews in time", "Higher is better", "89.7%", "91.2%", "90.0%", "93.4%", "n/a", "95%", "94%", "n/a"],
            ["A3", "Adopted in the month", "Higher is better", "<5", "*", "6", "<5", "tbc", "n/a", "n/a", "n/a"],
            ["A4", "Visits in time", "Higher is better", "83.0 %", " 84.1%", "12 (3.4%)", "85.5%", "86%", "90.0%", "n/a", "n/a"],
            ["A5", "Average age at entry", "Neither", "9.1", "9.0", "see note", "9.3", "9.2", " ", " ", " "],
        ],
        tuple(
            said(row, title, reference, polarity, columns=columns)
            for row, reference, title, polarity in (
                (2, "A1", "Children in care", LOW),
                (3, "A2", "Reviews in time", HIGH),
                (4, "A3", "Adopted in the month", HIGH),
                (5, "A4", "Visits in time", HIGH),
                (6, "A5", "Average age at entry", NEITHER),
            )
        ),
        headings="A1:K1",
        unreadable="F5:F6",
    )  # fmt: skip


def several_tables() -> Card:
    """Two tables with headings of their own, one of months and one of quarters, and a breakdown that is neither."""
    monthly = {"A": REF, "B": TITLE, "C": GOOD, **across("D", periods("Jul 23", 4)), "H": TARGET}
    quarterly = {"A": REF, "B": TITLE, "C": GOOD, **across("D", periods("Q3 2022/23", 4)), "H": TARGET}
    head = ["Ref", "Indicator", "Good is"]
    return Card(
        "several-tables",
        [
            ["Table 1: Children in care, monthly"],
            [*head, "Jul 23", "Aug 23", "Sep 23", "Oct 23", "Target"],
            ["M1", "Children in care", "Low", 355, 358, 361, 360, 340],
            ["M2", "Statutory visits in time", "High", *pct(91.1, 90.4, 92.0, 93.3, 95)],
            ["M3", "Children missing", "Low", 9, 11, 8, 12],
            [],
            ["Table 2: Care leavers, quarterly"],
            [*head, "Q3 22/23", "Q4 22/23", "Q1 23/24", "Q2 23/24", "Target"],
            ["Q1", "Care leavers in touch", "High", *pct(92, 93, 92, 94, 95, decimals=0)],
            ["Q2", "Care leavers in higher education", "High", 14, 14, 14, 16, 18],
            [],
            ["Table 3: Children in care by age"],
            ["Age", "Number", "%"],
            ["Under 5", 61, Shown(0.169, "0%")],
            ["5 to 9", 72, Shown(0.2, "0%")],
            ["10 to 15", 140, Shown(0.389, "0%")],
            ["16 and 17", 87, Shown(0.242, "0%")],
        ],
        (
            *(
                said(row, title, reference, polarity, section="Table 1: Children in care, monthly", columns=monthly)
                for row, reference, title, polarity in (
                    (3, "M1", "Children in care", LOW),
                    (4, "M2", "Statutory visits in time", HIGH),
                    (5, "M3", "Children missing", LOW),
                )
            ),
            *(
                said(row, title, reference, HIGH, section="Table 2: Care leavers, quarterly", columns=quarterly)
                for row, reference, title in (
                    (9, "Q1", "Care leavers in touch"),
                    (10, "Q2", "Care leavers in higher education"),
                )
            ),
        ),
        headings="A2:H2 A8:H8",
        groups="A1 A7",
        unread="A12 A13:C17",
    )  # fmt: skip


def no_year() -> Card:
    """Months without a year anywhere; another sheet is a list of people."""
    columns = {"A": TITLE, "B": GOOD, **across("C", periods("Apr 23", 6)), "I": TARGET}
    return Card(
        "no-year",
        [
            ["Indicator", "Good is", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Target"],
            ["Children in care", "Low", 290, 293, 291, 296, 299, 301, 280],
            ["Children in care for whom we are seeking adopters", "Neither", 17, 16, 18, 18, 20, 19],
            ["Supervision of social workers in time", "High", *pct(77, 79, 81, 80, 74, 83, 90, decimals=0)],
            ["Average caseload", "Low", 17.2, 17.0, 16.8, 16.9, 17.4, 17.1, 16],
        ],
        tuple(
            said(row, title, "", polarity, columns=columns)
            for row, title, polarity in (
                (2, "Children in care", LOW),
                (3, "Children in care for whom we are seeking adopters", NEITHER),
                (4, "Supervision of social workers in time", HIGH),
                (5, "Average caseload", LOW),
            )
        ),
        sheet="CPB",
        headings="A1:I1",
        settled=((Open.YEAR, "C1:H1"),),
        given="Sep 23",
        other_sheets={"Contacts": [["Name", "Team", "Since"], ["A. Begum", "Performance", date(2021, 5, 4)]]},
    )  # fmt: skip
