"""What follows from what, where several rules share it: the codes of findings that go when their cause is corrected."""

from __future__ import annotations

from cpreport.model.finding import Brings

QUOTED = (
    "narrative.number-disagrees",
    "narrative.period-disagrees",
    "narrative.direction-disagrees",
    "narrative.sentences-disagree",
    "narrative.worse-unmentioned",
    "narrative.number-unchecked",
    "narrative.acceptance-lapsed",
)
"""What sentences are held against figures that are not those they were written about."""

WITHOUT_FIGURES = (
    "data.missing-figure",
    "data.indicator-without-data",
    "data.no-figures",
    "data.row-missing",
    "data.column-gone",
    "data.restated",
    "marks.without-figure",
    "breakdown.total-differs",
    "template.failed",
    "template.no-figure",
    *QUOTED,
)
"""What is wrong everywhere where figures were not read."""

WRONG_PERIOD = Brings(
    (
        *WITHOUT_FIGURES,
        "narrative.slot-empty",
        "file.name-disagrees",
        "about.data-as-at",
        "about.board-date",
        "plausibility.jump",
        "plausibility.unchanged",
        "plausibility.benchmark-old",
    )
)
"""What follows from a reporting period that is not meant."""

LACKING = ("data.indicator-without-data", "data.row-missing")
OTHER_NAMES = Brings(
    (
        "about.near-key",
        "about.period-not-in-data",
        "benchmark.unknown-comparator",
        "benchmark.unwanted",
        "breakdown.unknown",
        "data.unknown-indicator",
        "data.unwanted-row",
        "marks.for-nothing",
        "narrative.text-before-slot",
        "narrative.unknown-section",
        "narrative.unknown-slot",
        "sheet.near-name",
    )
)
"""What follows where a workbook is made for another report folder."""
OF_FIGURE = Brings(("template.no-figure", *QUOTED), ("indicator", "period"))
UNREAD_CELL = (OF_FIGURE, Brings(("about.invalid",), ("file", "sheet", "cell")))
"""What follows from a cell that cannot be read: a figure in Data, a value in About."""
COLUMN_LOST = Brings(("about.period-not-in-data", "data.no-figures", "data.column-missing"))
"""What follows from a column that is not read."""
OF_INDICATOR = Brings(("data.missing-figure", "template.no-figure", *QUOTED), ("indicator",))
UNPLACED = ("narrative.text-before-slot", "narrative.unknown-slot", "narrative.not-word")
"""The codes of text of a section that belongs to none of its slots."""

_UNREAD = {
    "about": WRONG_PERIOD,
    "data": Brings(WITHOUT_FIGURES),
    "benchmarks": Brings(("template.no-figure", "benchmark.comparators-changed", "narrative.number-unchecked")),
    "marks": Brings(("data.missing-figure", "data.restated", "data.history-disagrees", "plausibility.jump")),
    "breakdowns": Brings(("template.failed",)),
    "narrative": Brings(
        (
            "narrative.slot-empty",
            "narrative.worse-unmentioned",
            "narrative.acceptance-lapsed",
            "narrative.unknown-abbreviation",
            "glossary.unused",
        )
    ),
}


def unread(sheet: str) -> tuple[Brings, ...]:
    """What follows where a sheet that should be read is not, by the name it should have."""
    return tuple(brings for name, brings in _UNREAD.items() if sheet.strip().lower().startswith(name))
