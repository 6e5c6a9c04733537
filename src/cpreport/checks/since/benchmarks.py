"""Rules about benchmarks that have changed since an earlier report."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.checks.examined import Examined, and_more
from cpreport.model.figure import Benchmark
from cpreport.model.finding import Finding
from cpreport.model.rules import earlier as rules
from cpreport.model.timeline import Timeline
from cpreport.model.workbook import stated_benchmark_period

_Remarks = tuple[str, str]
"""A benchmark's period, which is its report's where it names none, and its status."""


def changed(month: Examined) -> Iterator[Finding]:
    """Benchmarks that are published then and now, but say something else; new periods and statuses told together."""
    updated: dict[tuple[_Remarks, _Remarks], list[tuple[Benchmark, Benchmark]]] = {}
    for was, now in _published_twice(month):
        old, new = _remarks(month, was, is_earlier=True), _remarks(month, now)
        if old[0] == new[0] and was.value != now.value:
            values = {"old": was.amount.text, "new": now.amount.text, "cell": was.cell}
            yield month.of_benchmark(rules.BENCHMARK_CHANGED, now, **values)
        elif old != new:
            updated.setdefault((old, new), []).append((was, now))
    for (old, new), ((was, now), *others) in updated.items():
        more = f", and {len(others)} more so" if others else ""
        values = {"old": _text(was, old), "new": _text(now, new) + more}
        yield month.of_benchmark(rules.BENCHMARK_UPDATED, now, **values)


def comparators_changed(month: Examined) -> Iterator[Finding]:
    """Indicators that have a benchmark where they had none, or the reverse; `N/A` is none.

    Those that have gained and lost the same comparators are one finding.
    """
    alike: dict[tuple[frozenset[str], frozenset[str]], list[tuple[Timeline, list[str], list[str]]]] = {}
    for then, now in month.compared():
        comparators = dict.fromkeys((*then.benchmarks, *now.benchmarks))
        old, new = ([each for each in comparators if _is_published(side, each)] for side in (then, now))
        if old != new:
            key = frozenset(old).difference(new), frozenset(new).difference(old)
            alike.setdefault(key, []).append((now, old, new))
    for (now, old, new), *others in alike.values():
        moved = set(old).symmetric_difference(new)
        cells = [benchmark.cell for comparator, benchmark in now.benchmarks.items() if comparator in moved]
        more = and_more(len(others), "indicator", so=" so")
        yield month.at(rules.COMPARATORS_CHANGED, cells, now.indicator.id, old=old, new=new, more=more)


def _published_twice(month: Examined) -> Iterator[tuple[Benchmark, Benchmark]]:
    """The benchmarks then and now of each indicator and comparator that have a number in both reports."""
    for then, now in month.compared():
        for comparator, was in then.benchmarks.items():
            if _is_published(then, comparator) and _is_published(now, comparator):
                yield was, now.benchmarks[comparator]


def _is_published(timeline: Timeline, comparator: str) -> bool:
    benchmark = timeline.benchmarks.get(comparator)
    return benchmark is not None and benchmark.value is not None


def _remarks(month: Examined, benchmark: Benchmark, is_earlier: bool = False) -> _Remarks:
    report = month.earlier if is_earlier and month.earlier else month
    period = benchmark.period or stated_benchmark_period(report.workbook, report.folder)
    return period, benchmark.status or benchmark.amount.status.value


def _text(benchmark: Benchmark, remarks: _Remarks) -> str:
    said = ", ".join(filter(None, remarks))
    return f"{benchmark.amount.text} ({said})" if said else benchmark.amount.text


RULES = (changed, comparators_changed)
