"""The benchmarks that a scorecard has in columns, by the comparators that their headings name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cpreport.inputs.workbook.meaning import read_amount
from cpreport.inputs.workbook.scorecard.named import NamedScorecard
from cpreport.inputs.workbook.scorecard.values import Label, LabelCell
from cpreport.inputs.workbook.scorecard.words import means_comparator, plain_words
from cpreport.model.figure import Benchmark, CellRef, State
from cpreport.model.finding import Finding, nearest
from cpreport.model.folder import Comparator, ReportFolder
from cpreport.model.period_text import period_end
from cpreport.model.rules import scorecard as rules


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
                near = nearest(label.name, [each.name for each in folder.comparators])
                found = rules.UNKNOWN_COMPARATOR.at(scorecard.place(cell), heading=label.heading, nearest=near)
                findings.setdefault(cell, found)
            elif problem:
                findings[label.cell] = problem.at(scorecard.place(label.cell, name))
            if comparator and amount.state is not State.BLANK:
                ends = period_end(label.period or stated, folder.terms)
                benchmarks.append(Benchmark(name, comparator.id, amount, label.cell, label.period, "", ends))
    return benchmarks, [*findings.values()]


def comparator_of(label: LabelCell, comparators: Iterable[Comparator]) -> Comparator | None:
    """The comparator that a heading names: by its id, heading or name, or else in usual words; None if it fits two."""
    called = {each: (each.id, each.heading, each.name) for each in comparators}
    named = [each for each, texts in called.items() if plain_words(label.name) in map(plain_words, texts)]
    alike = [each for each, texts in called.items() if any(means_comparator(label.name, text) for text in texts)]
    found = named or alike
    return found[0] if len(found) == 1 else None
