"""The benchmarks in columns of a scorecard, joined to those of the sheet Benchmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cpreport.inputs.benchmarks.sheet import Benchmarks, clash, in_order, is_stated
from cpreport.model.figure import Benchmark, State, both_texts, cell_place, per_cent
from cpreport.model.finding import Finding, Place
from cpreport.model.period import Terms
from cpreport.model.rules.scorecard import BENCHMARK_DIFFERS


def with_columns(
    of_sheet: Benchmarks, columns: Sequence[Benchmark], file: str, stated: str, terms: Terms
) -> Iterator[Finding]:
    """Adds the benchmarks of columns where the sheet has none; a finding for each that differs, or is there twice."""
    given = {key: several for key, several in of_sheet.items() if several}
    for each in columns:
        key = (each.indicator, each.comparator)
        benchmark = each._replace(period="" if is_stated(each.period, stated, terms) else each.period)
        several = given.get(key) or of_sheet.setdefault(key, [])
        first = next((other for other in several if not in_order(other, benchmark)), None)
        place = cell_place(file, each.cell, each.indicator)
        if key in given:
            yield from _differing(place, several, first or several[-1], benchmark, stated)
        elif first is None:
            several.append(benchmark)
        elif first.amount != each.amount:
            yield clash(place, first, benchmark, stated, terms)


def _differing(
    place: Place, several: list[Benchmark], used: Benchmark, column: Benchmark, stated: str
) -> Iterator[Finding]:
    """A finding where a column has another number than the sheet; what is confidential in it is hidden in both."""
    if (used.amount.state, per_cent(used.amount)) == (column.amount.state, per_cent(column.amount)):
        return
    is_hidden = column.amount.state is State.CONFIDENTIAL
    if is_hidden:
        several[several.index(used)] = used._replace(amount=column.amount)
    amounts = both_texts(column.amount, used.amount)
    here, there = (_dated(text, each, stated) for text, each in zip(amounts, (column, used), strict=True))
    texts = {"name": column.indicator, "comparator": column.comparator, "cell": used.cell}
    yield BENCHMARK_DIFFERS.at(place, here=here, there=there, used="this" if is_hidden else "that", **texts)


def _dated(amount: str, benchmark: Benchmark, stated: str) -> str:
    """`91.6 (2021/22)`."""
    period = benchmark.period or stated
    return f"{amount} ({period})" if period else amount
