"""The benchmarks that a scorecard has in columns, by the comparators that their headings name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cpreport.inputs.workbook.meaning import read_amount
from cpreport.inputs.workbook.scorecard.named import NamedScorecard
from cpreport.inputs.workbook.scorecard.values import Label, LabelCell
from cpreport.model.figure import Benchmark, CellRef, State
from cpreport.model.finding import Finding, nearest
from cpreport.model.folder import Comparator, ReportFolder
from cpreport.model.indicator import category_key
from cpreport.model.period_text import period_end
from cpreport.model.rules import scorecard as rules

_OF_NO_COMPARATOR = {"average", "avg", "ave", "av", "mean", "benchmark", "latest", "figure", "the", "la", "las"}
"""Words of a heading that say nothing of which comparator it is."""

_USUAL = [
    {"sn", "sns", "snn", "stat neighbours", "statistical neighbours", "stat neighbour", "statistical neighbour"}
    | {"stat neigh", "neighbours", "neighbour"},
    {"england", "eng", "national", "nat", "all england"},
    {"region", "regional", "reg", "north east", "north west", "yorkshire and humber", "yorkshire humber", "y h"}
    | {"east midlands", "west midlands", "east of england", "london", "south east", "south west", "yorks humber"}
    | {"yh", "ne", "nw", "em", "wm", "ee", "se", "sw"},
]
"""What each of the usual comparators is called, by its words."""


def column_benchmarks(
    scorecards: Sequence[NamedScorecard], folder: ReportFolder, stated: str
) -> tuple[list[Benchmark], list[Finding]]:
    """The benchmarks in columns of scorecards; `stated` is the period of those whose heading names none."""
    benchmarks: list[Benchmark] = []
    findings: dict[CellRef, Finding] = {}
    for scorecard in scorecards:
        for name, label in scorecard.labels(Label.BENCHMARK):
            if name not in folder.indicators:
                continue
            comparator = comparator_of(label, folder.comparators)
            amount, problem = read_amount(*scorecard.read(label.cell), folder.indicators[name])
            if comparator is None:
                cell = scorecard.heading_of(label.cell)
                near = nearest(_without_period(label), [each.name for each in folder.comparators])
                found = rules.UNKNOWN_COMPARATOR.at(scorecard.place(cell), heading=label.heading, nearest=near)
                findings.setdefault(cell, found)
            elif problem:
                findings[label.cell] = problem.at(scorecard.place(label.cell, name))
            if comparator and amount.state is not State.BLANK:
                ends = period_end(label.period or stated, folder.terms)
                benchmarks.append(Benchmark(name, comparator.id, amount, label.cell, label.period, "", ends))
    return benchmarks, [*findings.values()]


def comparator_of(label: LabelCell, comparators: Iterable[Comparator]) -> Comparator | None:
    """The comparator that a heading names: by its id, heading or name, or by what it is usually called."""
    wanted = _words(_without_period(label))
    called = {each: {_words(text) for text in (each.id, each.heading, each.name)} for each in comparators}
    if exact := [each for each, words in called.items() if wanted in words]:
        return exact[0] if len(exact) == 1 else None
    usual = next((words for words in _USUAL if wanted in words), set())
    alike = [each for each, words in called.items() if usual & words]
    return alike[0] if len(alike) == 1 else None


def _without_period(label: LabelCell) -> str:
    return label.heading.replace(label.period, " ") if label.period else label.heading


def _words(text: str) -> str:
    """The words of a heading that matter, without signs: `England average (%)` is England."""
    words = re.findall(r"[^\W_]+", category_key(text))
    return " ".join(word for word in words if word not in _OF_NO_COMPARATOR)
