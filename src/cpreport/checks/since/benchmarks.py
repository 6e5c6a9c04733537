"""Rules about benchmarks that have changed since an earlier report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cpreport.checks.examined import Examined, counted
from cpreport.model.figure import Benchmark, cell_place
from cpreport.model.finding import Finding, Place
from cpreport.model.rules import earlier as rules
from cpreport.model.workbook import stated_benchmark_period


def changed(month: Examined) -> Iterator[Finding]:
    """Benchmarks that are published then and now, but say something else; new periods and statuses told together."""
    updated: dict[tuple[str, ...], list[tuple[Benchmark, Benchmark]]] = {}
    for was, now in _pairs(month):
        if was is None or now is None or not (_is_published(was) and _is_published(now)):
            continue
        place = cell_place(month.workbook.file, now.cell, now.indicator)
        named = {"name": now.indicator, "comparator": now.comparator}
        if was.period == now.period and was.value != now.value:
            values = {"old": was.amount.text, "new": now.amount.text, "cell": was.cell}
            yield rules.BENCHMARK_CHANGED.at(place, **named, **values)
        elif (was.period, _status(was)) != (now.period, _status(now)):
            updated.setdefault((was.period, _status(was), now.period, _status(now)), []).append((was, now))
    for pairs in updated.values():
        was, now = pairs[0]
        more = f", and {len(pairs) - 1} more so" if len(pairs) > 1 else ""
        named = {"name": now.indicator, "comparator": now.comparator, "old": _told(was), "new": _told(now) + more}
        yield rules.BENCHMARK_UPDATED.at(cell_place(month.workbook.file, now.cell, now.indicator), **named)


def comparators_changed(month: Examined) -> Iterator[Finding]:
    """Indicators that have a benchmark where they had none, or the reverse; `N/A` is none.

    Those that have gained and lost the same comparators are one finding.
    """
    lists: dict[str, tuple[list[str], list[str]]] = {}
    places: dict[str, Place] = {}
    for was, now in _pairs(month):
        benchmark = now or was
        if benchmark is None:
            continue
        name = benchmark.indicator
        for found, comparators in zip((was, now), lists.setdefault(name, ([], [])), strict=True):
            if _is_published(found):
                comparators.append(benchmark.comparator)
        if now and _is_published(was) != _is_published(now):
            places.setdefault(name, cell_place(month.workbook.file, now.cell, name))
    alike: dict[tuple[frozenset[str], frozenset[str]], list[str]] = {}
    for name, (then, there) in lists.items():
        if then != there:
            alike.setdefault((frozenset(then) - set(there), frozenset(there) - set(then)), []).append(name)
    for name, *more in alike.values():
        place = places.get(name, Place(file=month.workbook.file, indicator=name))
        then, there = lists[name]
        others = f" (and {counted(len(more), 'more indicator')} so)" if more else ""
        yield rules.COMPARATORS_CHANGED.at(place, name=name, old=then, new=there, more=others)


def _pairs(month: Examined) -> Iterator[tuple[Benchmark | None, Benchmark | None]]:
    """The benchmarks then and now of each indicator that both reports have.

    One that names no period has that which its report states.
    """
    earlier = month.earlier
    if earlier is None:
        return
    stated_then = stated_benchmark_period(earlier.workbook, earlier.folder)
    stated_now = stated_benchmark_period(month.workbook, month.folder)
    for name, timeline in earlier.figures.timelines.items():
        today = month.figures.timelines.get(month.folder.renamed.get(name, name))
        if today:
            then, now = timeline.benchmarks, today.benchmarks
            for comparator in dict.fromkeys((*then, *now)):
                yield _of_period(then.get(comparator), stated_then), _of_period(now.get(comparator), stated_now)


def _of_period(benchmark: Benchmark | None, stated: str) -> Benchmark | None:
    return replace(benchmark, period=benchmark.period or stated) if benchmark else None


def _is_published(benchmark: Benchmark | None) -> bool:
    return benchmark is not None and benchmark.value is not None


def _status(benchmark: Benchmark) -> str:
    return benchmark.status or benchmark.amount.status.value


def _told(benchmark: Benchmark) -> str:
    remarks = ", ".join(text for text in (benchmark.period, _status(benchmark)) if text)
    return f"{benchmark.amount.text} ({remarks})" if remarks else benchmark.amount.text


RULES = (changed, comparators_changed)
