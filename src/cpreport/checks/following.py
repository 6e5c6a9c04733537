"""What follows from what: the findings that go when their cause is corrected."""

from __future__ import annotations

from typing import NamedTuple

from cpreport.model.finding import Finding, Place


class Consequences(NamedTuple):
    """What may follow from a finding: findings of these codes or areas, such as `data.missing-figure plausibility`.

    `within` are the fields that their places must share with `place` or, where that is None, with the finding's own;
    nothing follows if one of them is empty there.
    """

    codes: str
    within: tuple[str, ...] = ()
    place: Place | None = None


def consequences_of(finding: Finding) -> list[Consequences]:
    """What follows from a finding: from its code, and from what is not read because of it."""
    lost = finding.lost
    sheet = finding.place.sheet if finding.code in ("sheet.no-headers", "sheet.column-missing") else lost.sheet
    found = [*FOLLOWING.get(finding.code, ())]
    found += (expected for name, expected in UNREAD.items() if sheet.strip().lower().startswith(name))
    if lost.cell:
        found.append(COLUMN_LOST)
    if lost.period:
        found.append(WRONG_PERIOD)
    if lost.indicator:
        found.append(Consequences(LACKING, ("indicator",), lost))
    if lost.section:
        found.append(Consequences("narrative.slot-empty", ("section",), lost))
    return found


_QUOTED = """
    narrative.number-disagrees narrative.period-disagrees narrative.direction-disagrees narrative.sentences-disagree
    narrative.worse-unmentioned narrative.number-unchecked narrative.acceptance-lapsed
"""
"""What is found where sentences are checked against figures that they are not about."""

_WITHOUT_FIGURES = f"""{_QUOTED}
    data.missing-figure data.indicator-without-data data.no-figures data.row-missing data.column-gone data.restated
    marks.without-figure breakdown.total-differs template.failed template.no-figure
"""
"""What is wrong wherever figures were not read."""

_OF_PERIOD = """
    breakdown.total-differs data.total-differs data.subset-exceeds data.stock-differs data.denominators-differ
    plausibility.unchanged
"""
"""What may be wrong with a period that has another period's figures."""

_OTHER_NAMES = """
    about.near-key about.period-not-in-data benchmark.unknown-comparator benchmark.unwanted breakdown.unknown
    data.unknown-indicator data.unwanted-row marks.for-nothing narrative.text-before-slot narrative.unknown-section
    narrative.unknown-slot sheet.near-name
"""
"""What is unknown where a workbook is made for another report folder."""

LACKING = "data.indicator-without-data data.row-missing"
"""What is wrong with an indicator whose row has another name."""

_OF_WRONG_PERIOD = f"""{_WITHOUT_FIGURES}
    narrative.slot-empty file.name-disagrees about.data-as-at about.board-date plausibility.jump plausibility.unchanged
    plausibility.benchmark-old benchmark.later benchmark.file-later
"""
WRONG_PERIOD = Consequences(_OF_WRONG_PERIOD)
"""What follows from a wrong reporting period."""

COLUMN_LOST = Consequences("about.period-not-in-data data.no-figures data.column-missing")
"""What follows from a column that is not read."""

_NO_TEXTS = """
    narrative.slot-empty narrative.worse-unmentioned narrative.acceptance-lapsed narrative.unknown-abbreviation
    glossary.unused
"""
UNREAD = {
    "about": WRONG_PERIOD,
    "data": Consequences(_WITHOUT_FIGURES),
    "benchmarks": Consequences("template.no-figure benchmark.comparators-changed narrative.number-unchecked"),
    "marks": Consequences("data.missing-figure data.restated data.history-disagrees plausibility.jump"),
    "breakdowns": Consequences("template.failed"),
    "narrative": Consequences(_NO_TEXTS),
    "indicators": Consequences(f"{_OTHER_NAMES} {_OF_WRONG_PERIOD}"),
}
"""What follows where a sheet that should be read is not, by the beginning of the name it should have."""

_OF_FIGURE = Consequences(_QUOTED + "template.no-figure", ("indicator", "period"))
_OF_INDICATOR = Consequences(_QUOTED + "data.missing-figure template.no-figure", ("indicator",))
_UNREAD_CELLS = """
    breakdown.not-a-count data.decimal-comma data.excel-error data.formula-without-result data.not-a-number
    data.note-beside
"""
FOLLOWING = {
    **dict.fromkeys(_UNREAD_CELLS.split(), (_OF_FIGURE, Consequences("about.invalid", ("file", "sheet", "cell")))),
    **dict.fromkeys(["data.missing-figure", "data.number-not-shown"], (_OF_FIGURE,)),
    **dict.fromkeys(LACKING.split(), (_OF_INDICATOR,)),
    **dict.fromkeys(["about.history", "sheet.missing"], (UNREAD["data"],)),
    "about.period-not-in-data": (WRONG_PERIOD,),
    "breakdown.date": (Consequences("breakdown.not-in-order breakdown.order-unknown", ("file", "sheet")),),
    "data.restated": (Consequences("data.restated", ("file", "sheet", "cell")),),
    "file.other-report": (Consequences(_OTHER_NAMES), WRONG_PERIOD),
    "scorecard.unclear-period": (Consequences("scorecard.not-read", ("file", "sheet")),),
    "narrative.slot-empty": (Consequences("narrative.worse-unmentioned", ("section", "indicator")),),
    "narrative.copied": (Consequences(_QUOTED, ("section", "slot")),),
    "plausibility.column-copied": (Consequences(_QUOTED), Consequences(_OF_PERIOD, ("period",))),
}
"""What follows from the findings of a code."""
