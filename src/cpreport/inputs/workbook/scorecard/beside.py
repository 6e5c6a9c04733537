"""What stands beside a scorecard's figures, as far as a report uses it or holds it against its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cpreport.inputs.workbook.scorecard.comparators import column_benchmarks
from cpreport.inputs.workbook.scorecard.named import NamedScorecard
from cpreport.inputs.workbook.scorecard.targets import with_targets
from cpreport.inputs.workbook.scorecard.values import Label
from cpreport.inputs.workbook.scorecard.verdicts import typed_verdicts
from cpreport.inputs.workbook.scorecard.words import polarity_of
from cpreport.model.figure import Benchmark
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Polarity
from cpreport.model.period import Period
from cpreport.model.rules import scorecard as rules
from cpreport.model.verdict import TypedVerdict
from cpreport.model.workbook import About

_GOOD = {Polarity.HIGH: "higher is good", Polarity.LOW: "lower is good", Polarity.NONE: "neither higher nor lower is"}


Beside = tuple[ReportFolder, Sequence[Benchmark], tuple[TypedVerdict, ...]]
"""The report folder with the targets that only the scorecards give, their benchmarks, statuses and directions."""


def read_beside(
    scorecards: Sequence[NamedScorecard], folder: ReportFolder, about: About, now: Period, stated: str
) -> tuple[Beside, list[Finding]]:
    """What scorecards say beside their figures.

    `now` is the reporting period, `stated` the one of benchmarks that name none.
    """
    with_own, of_targets = with_targets(scorecards, folder, now)
    benchmarks, of_benchmarks = column_benchmarks(scorecards, folder, stated)
    verdicts, of_verdicts = typed_verdicts(scorecards, folder, about)
    findings = [*of_targets, *of_benchmarks, *of_verdicts, *_polarities(scorecards, folder)]
    return (with_own, benchmarks, tuple(verdicts)), findings


def _polarities(scorecards: Sequence[NamedScorecard], folder: ReportFolder) -> Iterator[Finding]:
    """The cells that say something else than the definition of what is good, or nothing that can be understood."""
    for scorecard in scorecards:
        for name, label in scorecard.labels(Label.POLARITY):
            defined, typed = folder.indicators.get(name), polarity_of(label.text)
            if defined and typed is None:
                place, why = scorecard.place(label.cell, name), "it does not say whether higher or lower is good"
                yield rules.TEXT_NOT_READ.at(place, axis="cell", text=repr(label.text), reason=why)
            elif defined and typed is not defined.polarity:
                texts = {"name": name, "value": label.text, "good": _GOOD[defined.polarity]}
                yield rules.POLARITY_DIFFERS.at(scorecard.place(label.cell, name), **texts)
