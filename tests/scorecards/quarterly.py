"""Scorecards of quarters, terms and years, and those whose indicators take several rows."""

from __future__ import annotations

from cpreport.inputs.workbook.scorecard.values import Label, Open

from .card import (
    DENOMINATOR,
    GOOD,
    HIGH,
    LOW,
    NOTE,
    NUMERATOR,
    REF,
    TARGET,
    TITLE,
    VALUE,
    Card,
    Versus,
    across,
    pct,
    periods,
    said,
)

STATUS, SECTION, OWNER = Label.STATUS, Label.SECTION, Label.OWNER
QUARTERS = periods("Q1 2023/24", 4)


def actual_and_target_columns() -> Card:
    """Quarters merged above Actual and Target, with a RAG of each quarter; sections in a merged first column."""
    columns = {
        "A": SECTION, "B": TITLE, "C": GOOD, **across("D", QUARTERS, step=3), **across("E", QUARTERS, None, step=3),
        "F": STATUS, "I": STATUS, "L": STATUS, "O": STATUS, "P": Versus("SN", "2022/23"), "Q": Versus("Eng", "2022/23"),
    }  # fmt: skip
    over = [cell for quarter in range(1, 5) for cell in (f"Q{quarter} 2023/24", None, None)]
    stable, health, leavers = "Stability", "Health", "Care leavers"
    return Card(
        "actual-and-target-columns",
        [
            ["Theme", "Indicator", "Good to be", *over, "SN 2022/23", "Eng 2022/23"],
            [None, None, None, *["Actual", "Target", "RAG"] * 4],
            [stable, "Three or more placements", "low", *pct(9.8, 10), "G", *pct(10.4, 10), "A", *pct(11.0, 10), "R",
             *pct(None, 10), None, *pct(10, 10)],
            [None, "Same placement for two years or more", "high", *pct(68.1, 70), "A", *pct(69.0, 70), "A",
             *pct(70.3, 70), "G", *pct(None, 70), None, *pct(71, 69)],
            [health, "Health assessments in time", "high", *pct(88.4, 92), "A", *pct(90.1, 92), "A", *pct(92.7, 92),
             "G", *pct(None, 92), None, *pct(91, 89)],
            [None, "Dental checks", "high", *pct(72.9, 85), "R", *pct(76.2, 85), "R", *pct(80.5, 85), "A",
             *pct(None, 85), None, *pct(79, 76)],
            [leavers, "In touch with their adviser", "high", *pct(91, 95), "A", *pct(93, 95), "A", *pct(94, 95), "A",
             *pct(None, 95), None, *pct(93, 92)],
            [None, "Staying put with former carers", "high", 14, 16, "A", 15, 16, "A", 16, 16, "G", None, 16],
        ],
        tuple(
            said(row, title, "", polarity, section=section, columns=columns)
            for row, title, polarity, section in (
                (3, "Three or more placements", LOW, stable),
                (4, "Same placement for two years or more", HIGH, stable),
                (5, "Health assessments in time", HIGH, health),
                (6, "Dental checks", HIGH, health),
                (7, "In touch with their adviser", HIGH, leavers),
                (8, "Staying put with former carers", HIGH, leavers),
            )
        ),
        headings="A1:Q2",
        either="F3:F8 I3:I8 L3:L8",
        merged="D1:F1 G1:I1 J1:L1 M1:O1 A1:A2 B1:B2 C1:C2 A3:A4 A5:A6 A7:A8 P1:P2 Q1:Q2",
    )  # fmt: skip


def actual_and_target_rows() -> Card:
    """Each indicator has a row Actual and a row Target below it; its name is merged over both."""
    years = periods("Q1 2022/23", 6)
    columns = {"A": REF, "B": TITLE, "C": GOOD, **across("E", years), "K": OWNER}
    head = ["Q1 22/23", "Q2 22/23", "Q3 22/23", "Q4 22/23", "Q1 23/24", "Q2 23/24"]
    return Card(
        "actual-and-target-rows",
        [
            ["Borough of Thornley – Corporate Parenting Strategy: key measures"],
            [],
            ["No.", "Key measure", "Better if", None, *head, "Owner"],
            [1, "Children in care per 10,000", "Lower", "Actual", 88.0, 87.1, 86.9, 86.2, 85.5, 85.9, "HoS Children in Care"],
            [None, None, None, "Target", 85, 85, 85, 85, 82, 82],
            [2, "Children placed in borough", "Higher", "Actual", *pct(61.0, 60.4, 62.2, 63.0, 63.3, 64.1), "Placements"],
            [None, None, None, "Target", *pct(65, 65, 65, 65, 66, 66)],
            [3, "Children adopted in the year to date", "Higher", "Actual", 2, 5, 6, 9, 1, "tbc", "Adoption"],
            [None, None, None, "Target", 3, 6, 9, 12, 3, 6],
            [4, "Days from care to adoptive family", "Lower", "Actual", 455, 448, 461, 470, 466, 459, "Adoption"],
            [None, None, None, "Target", 426, 426, 426, 426, 426, 426],
        ],
        tuple(
            said(row, title, reference, polarity, columns=columns, parts={row + 1: None})
            for row, reference, title, polarity in (
                (4, "1", "Children in care per 10,000", LOW),
                (6, "2", "Children placed in borough", HIGH),
                (8, "3", "Children adopted in the year to date", HIGH),
                (10, "4", "Days from care to adoptive family", LOW),
            )
        ),
        titles="A1",
        headings="A3:K3 D4:D11",
        merged=" ".join(f"{column}{row}:{column}{row + 1}" for row in (4, 6, 8, 10) for column in "ABCK"),
    )  # fmt: skip


def counts_below() -> Card:
    """Rows for numerator, denominator and percentage of each indicator; the title stands once, above the three."""
    months = periods("Apr 23", 6)
    columns = {"A": REF, "B": TITLE, "C": GOOD, **across("E", months)}
    head = ["Ref", "Indicator", "Polarity", None, *months, "Target", "England 2023"]
    rows = (
        ("CP1", "Reviews held on time", "High is good", (118, 121, 104, 130, 96, 117), (123, 125, 110, 138, 101, 121)),
        ("CP2", "Pathway plans up to date", "High is good", (171, 170, 175, 181, 180, 184), (204, 206, 205, 207, 209, 210)),
        ("CP3", "Missing episodes followed by an interview", "High is good", (22, 30, 18, 25, 27, 31),
         (40, 44, 33, 38, 41, 45)),
        ("CP4", "Children moved twice in the year", "Low is good", (41, 40, 42, 44, 43, 45), (409, 412, 415, 411, 413, 416)),
    )  # fmt: skip
    targets = {"CP1": pct(95, 93), "CP2": pct(90), "CP3": pct(75), "CP4": pct(9, 10)}
    drawn: list[list[object]] = [head]
    for reference, title, polarity, some, all in rows:
        shares = [round(100 * n / d, 1) for n, d in zip(some, all, strict=True)]
        drawn += [
            [reference, title, polarity, "Numerator", *some],
            [None, None, None, "Denominator", *all],
            [None, None, None, "%", *pct(*shares), *targets[reference]],
        ]
    indicators = (
        said(
            row,
            title,
            reference,
            LOW if polarity.startswith("Low") else HIGH,
            columns=columns,
            parts={row: NUMERATOR, row + 1: DENOMINATOR, row + 2: VALUE},
            more={f"K{row + 2}": TARGET, f"L{row + 2}": Versus("England", "2023")},
        )
        for row, (reference, title, polarity, *_) in zip(range(2, 14, 3), rows, strict=True)
    )
    return Card("counts-below", drawn, tuple(indicators), headings="A1:L1 D2:D13")


def release() -> Card:
    """As a statistical first release: a title, footnotes, years across, `..`, `c` and `x`."""
    columns = {"A": TITLE, **across("B", ["2018/19", "2019/20", "2020/21", "2021/22", "2022/23"])}
    return Card(
        "release",
        [
            ["Table LA1: Children looked after at 31 March and their outcomes, years ending 31 March¹"],
            ["Coverage: Redmarsh local authority"],
            [],
            [None, "2018/19", "2019/20", "2020/21", "2021/22", "2022/23"],
            ["All children looked after at 31 March", 611, 624, 633, 618, 604],
            ["Rate per 10,000 children aged under 18", 62.1, 63.4, 64.3, 62.9, 61.6],
            ["Percentage placed more than 20 miles from home²", 19, 20, 18, "..", 21],
            ["Children who were adopted during the year", 24, 18, "c", 12, "c"],
            ["Children missing from placement during the year³", "x", 71, 66, 80, 78],
            ["Percentage with three or more placements during the year", 10, 11, 9, 9, 10],
            [],
            ["1. Numbers have been rounded to the nearest 1."],
            ["2. Figures exclude children whose home address is not known."],
            ["3. Collected from 2019/20."],
            ["c Confidential: a number from 1 to 5.    .. Not available.    x Not collected."],
            ["Source: SSDA903"],
        ],
        tuple(
            said(row, title, columns=columns)
            for row, title in (
                (5, "All children looked after at 31 March"),
                (6, "Rate per 10,000 children aged under 18"),
                (7, "Percentage placed more than 20 miles from home²"),
                (8, "Children who were adopted during the year"),
                (9, "Children missing from placement during the year³"),
                (10, "Percentage with three or more placements during the year"),
            )
        ),
        sheet="Table LA1",
        titles="A1:A2",
        headings="A4:F4",
        unread="A12:A16",
        open=tuple((Open.POLARITY, f"A{row}:F{row}") for row in range(5, 11)),
    )  # fmt: skip


def terms_and_years() -> Card:
    """Education: the terms of two academic years under merged years."""
    terms = [f"{term} Term {year}" for year in ("22/23", "23/24") for term in ("Autumn", "Spring", "Summer")]
    columns = {
        "A": REF, "B": TITLE, "C": GOOD, **across("D", terms), "J": TARGET, "K": Versus("National (CLA)"), "L": NOTE,
    }  # fmt: skip
    return Card(
        "terms-and-years",
        [
            ["Virtual School dashboard"],
            [None, None, None, "Academic year 2022/23", None, None, "Academic year 2023/24"],
            ["Code", "What we measure", "Good is", *["Autumn", "Spring", "Summer"] * 2, "Target", "National (CLA)", "Comment"],
            ["VS1", "PEPs completed in term", "High", *pct(93, 95, 94, 96, 97, None, decimals=0), *pct(98, decimals=0),
             None, "Every child of school age"],
            ["VS2", "Attendance", "High", *pct(91.2, 90.4, 89.8, 91.9, 90.8, None, 93, 92.2)],
            ["VS3", "Persistent absence", "Low", *pct(20.1, 21.3, 22.0, 19.5, 20.2, None, 18, 19.8)],
            ["VS4", "Suspensions (episodes)", "Low", 31, 28, 35, 40, 33, None, 25],
            ["VS5", "Children on a reduced timetable", "Low", 12, 14, 11, 9, 10, None, 6, None, "From school census"],
        ],
        tuple(
            said(row, title, reference, polarity, columns=columns)
            for row, reference, title, polarity in (
                (4, "VS1", "PEPs completed in term", HIGH),
                (5, "VS2", "Attendance", HIGH),
                (6, "VS3", "Persistent absence", LOW),
                (7, "VS4", "Suspensions (episodes)", LOW),
                (8, "VS5", "Children on a reduced timetable", LOW),
            )
        ),
        titles="A1",
        headings="D2:I2 A3:L3",
        merged="D2:F2 G2:I2",
    )  # fmt: skip
