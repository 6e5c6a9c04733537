"""A second implementation of how figures are computed and printed, from `reading.md` alone.

Nothing of cpreport is imported here. A `Case` is a month's workbook and report folder as plain values; `Twin` says what
the report prints for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property
from typing import NamedTuple

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
TERMS = (("Autumn", 9, 12), ("Spring", 1, 3), ("Summer", 4, 7))
MARKERS = {"[x]": "not available", "[z]": "not applicable", "[c]": "confidential", "[u]": "unreliable", "[low]": "low"}
STATUSES = {"[e]": "estimated", "[p]": "provisional", "[r]": "revised"}
CONFIDENTIAL, BLANK, NOT_DUE, NEW, ENDED = "confidential", "no data", "not due yet", "new", "no longer reported"
DECIMALS = {"rate": 1, "percentage": 1, "number": 0, "average": 2}


class Refused(Exception):
    """A tag that has nothing to print."""


class Period(NamedTuple):
    """The n-th period of a kind (month, quarter, term, year, calendar); years run from April, school years by terms."""

    kind: str
    n: int
    terms: tuple[tuple[str, int, int], ...] = TERMS

    def back(self, count: int) -> Period:
        return self._replace(n=self.n - count)

    @property
    def span(self) -> tuple[int, int]:
        """First and last month, counted from the year 0."""
        if self.kind == "term":
            year, term = divmod(self.n, len(self.terms))
            first, last = ((month - self.terms[0][1]) % 12 for month in self.terms[term][1:])
            start = year * 12 + self.terms[0][1] - 1
            return start + first, start + last
        length, offset = {"month": (1, 0), "quarter": (3, 3), "year": (12, 3), "calendar": (12, 0)}[self.kind]
        return self.n * length + offset, self.n * length + offset + length - 1

    @property
    def start(self) -> date:
        return _first_day(self.span[0])

    @property
    def end(self) -> date:
        return _first_day(self.span[1] + 1) - timedelta(1)

    @property
    def a_year(self) -> int:
        """How many of them make a year."""
        return {"month": 12, "quarter": 4, "term": len(self.terms)}.get(self.kind, 1)

    @property
    def label(self) -> str:
        (first, last), year = self.span, self.n // self.a_year
        if self.kind == "month":
            return f"{MONTHS[first % 12]} {first // 12 % 100:02}"
        if self.kind == "calendar":
            return str(self.n)
        if self.kind == "year":
            return f"{year}/{(year + 1) % 100:02}"
        years = f"{year % 100:02}/{(year + 1) % 100:02}"
        if self.kind == "quarter":
            return f"{MONTHS[first % 12]}-{MONTHS[last % 12]} {years} Q{self.n % 4 + 1}"
        return f"{self.terms[self.n % len(self.terms)][0]} Term {years}"


def newest_ended(like: Period, day: date) -> Period:
    """The newest period of a kind whose last day is that day or earlier."""
    period = like._replace(n=(day.year + 2) * like.a_year)
    while period.end > day:
        period = period.back(1)
    return period


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class Indicator:
    id: str
    measure: str
    frequency: str = "month"
    shows: str = "value"
    per: int = 10_000
    decimals: int | None = None
    benchmark_decimals: int | None = None
    numerator: str = ""
    denominator: str = ""
    lag: int = 0
    rolling: int = 1
    cumulative: str = ""
    since: date | None = None
    until: date | None = None
    direction: bool = True

    @property
    def factor(self) -> int:
        return {"rate": self.per, "percentage": 100}.get(self.measure, 1)

    @property
    def sign(self) -> str:
        return "%" if self.measure == "percentage" else ""

    def printed(self, value: Fraction) -> str:
        return rounded(value, DECIMALS[self.measure] if self.decimals is None else self.decimals) + self.sign


@dataclass(frozen=True)
class Percent:
    """A fraction in a cell with a percent format."""

    fraction: str


class Benchmark(NamedTuple):
    indicator: str
    comparator: str
    value: str
    period: str = ""
    status: str = ""


@dataclass(frozen=True)
class Case:
    """`cells` by name, part and period, as typed; `marks` likewise, part "" for the whole figure."""

    period: Period
    data_as_at: date
    indicators: Mapping[str, Indicator]
    series: Mapping[str, bool]
    cells: Mapping[tuple[str, str, Period], object]
    marks: Sequence[tuple[str, str, Period, str]]
    sections: Sequence[Sequence[str]]
    offsets: Mapping[str, Sequence[int]]
    comparators: Mapping[str, bool] = field(default_factory=dict)
    benchmarks: Sequence[Benchmark] = ()
    benchmark_period: str = ""
    totals: Sequence[tuple[str, Sequence[str]]] = ()
    terms: tuple[tuple[str, int, int], ...] = TERMS


def rounded(value: Fraction, decimals: int) -> str:
    """Half away from zero, with thousands separators."""
    whole = int(abs(value) * 10**decimals + Fraction(1, 2))
    digits = f"{whole // 10**decimals:,}"
    if decimals:
        digits += f".{whole % 10**decimals:0{decimals}}"
    return f"-{digits}" if value < 0 and whole else digits


@dataclass(frozen=True)
class Part:
    """A cell, or what another name holds. `state` says why there is no number."""

    number: Fraction | None = None
    state: str = BLANK
    statuses: frozenset[str] = frozenset()
    breaks: bool = False

    def marked(self, marks: Sequence[str]) -> Part:
        """With marks of its own: a marker takes its number's place."""
        markers = [MARKERS[mark] for mark in marks if mark in MARKERS]
        statuses = frozenset(STATUSES[mark] for mark in marks if mark in STATUSES)
        part = replace(self, statuses=statuses or self.statuses, breaks=self.breaks or "[b]" in marks)
        return (
            replace(part, number=None, state=CONFIDENTIAL if CONFIDENTIAL in markers else markers[-1])
            if markers
            else part
        )

    @property
    def is_marked(self) -> bool:
        return self.number is None and self.state in MARKERS.values()


@dataclass(frozen=True)
class Figure:
    """A value in the printed unit with its counts, or the words that stand for it."""

    period: Period
    value: Fraction | None = None
    state: str = BLANK
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    status: str = ""
    breaks: bool = False


class Twin:
    """What the report of a case prints."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.figure = cache(self._figure)
        self.kind = cache(self._kind)

    # Cells and references

    def marks(self, name: str, part: str, period: Period) -> list[str]:
        return [mark for *where, mark in self.case.marks if tuple(where) == (name, part, period)]

    def cell(self, name: str, part: str, period: Period) -> Part:
        """What a cell says, with its own marks."""
        typed = self.case.cells.get((name, part, period))
        text = str(typed.fraction if isinstance(typed, Percent) else "" if typed is None else typed)
        words = text.split()
        known = Part()
        if words and words[0] not in MARKERS:
            scale = 100 if isinstance(typed, Percent) else 1
            known, words = Part(Fraction(words[0].replace(",", "")) * scale), words[1:]
        return known.marked(words).marked(self.marks(name, part, period))

    def entry(self, name: str, period: Period) -> Period:
        """The period whose entry is a series' figure of a period: with `carry`, the newest one that has any."""
        typed = [p for (n, _, p), amount in self.case.cells.items() if n == name and amount is not None]
        held = [p for p in typed if p.kind == period.kind and p <= period]
        return max(held, default=period) if self.case.series[name] else period

    def series(self, name: str, period: Period) -> Part:
        """A series' figure: that of its entry, with its marks (but for a break) and those of the period itself."""
        entry = self.entry(name, period)
        marks, entered = (
            [mark for n, _, p, mark in self.case.marks if (n, p) == (name, when)] for when in (period, entry)
        )
        own = self.cell(name, "value", entry).marked(entered)
        if entry == period:
            return own
        statuses = own.statuses - {"revised"} | {STATUSES[mark] for mark in marks if mark in STATUSES}
        return replace(own.marked(marks), statuses=statuses, breaks="[b]" in marks)

    def part(self, name: str, part: str, period: Period) -> Part:
        """A part of an indicator's figure: its own cell, or what it refers to."""
        indicator = self.case.indicators[name]
        source = {"numerator": indicator.numerator, "denominator": indicator.denominator}.get(part, "")
        if not source:
            return self.cell(name, part, period)
        other, _, theirs = source.partition("/")
        if other in self.case.series:
            return self.series(other, period)
        return self.referred(other, theirs or "value", period)

    @cached_property
    def rows(self) -> set[tuple[str, str]]:
        return {(name, part) for name, part, _ in self.case.cells}

    def whole(self, name: str, period: Period) -> list[str]:
        """The marks of a whole figure; so counts one of a part that has no row of its own."""
        absent = [part for part in ("value", "numerator", "denominator") if (name, part) not in self.rows]
        return [mark for part in ("", *absent) for mark in self.marks(name, part, period)]

    def referred(self, name: str, part: str, period: Period) -> Part:
        """What another indicator refers to, with the marks of the whole figure, which win."""
        figure = self.figure(name, period)
        if figure.state in (NEW, ENDED):
            return Part()
        if part == "value":
            statuses = frozenset([figure.status] if figure.status else [])
            return Part(figure.value, figure.state, statuses, figure.breaks)
        whole, found = self.whole(name, period), self.part(name, part, period)
        others = ("value", "denominator") if part == "numerator" else ("value",)
        if (
            any(self.part(name, other, period).state == CONFIDENTIAL for other in others)
            or (name, period) in self.hidden
        ):
            whole = [*whole, "[c]"]
        return found.marked(whole)

    # What is confidential

    def atom(self, name: str, part: str, period: Period) -> tuple[object, ...]:
        """The cell that a part of a figure comes from; the figure where it is a whole one."""
        if name in self.case.series:
            return name, part, self.entry(name, period)
        indicator = self.case.indicators[name]
        source = {"numerator": indicator.numerator, "denominator": indicator.denominator}.get(part, "")
        if not source:
            return name, part, period
        other, _, theirs = source.partition("/")
        if other in self.case.indicators and theirs in ("", "value"):
            return other, period
        return self.atom(other, theirs or "value", period)

    @cached_property
    def hidden(self) -> set[tuple[object, ...]]:
        """Cells and figures that a `[c]` hides: those of a marked part, and of a marked figure what it counts."""
        marked = [where for where in self.case.cells if self.cell(*where).state == CONFIDENTIAL]
        waiting = [*marked, *((n, part, p) for n, part, p, mark in self.case.marks if mark == "[c]")]
        found: set[tuple[object, ...]] = set()
        while waiting:
            name, part, period = waiting.pop()
            indicator = self.case.indicators.get(name)
            if indicator and part in ("", "value"):
                found.add((name, period))
                part = "value" if indicator.measure == "number" and not indicator.numerator else "numerator"
            atom = self.atom(name, part or "value", period)
            if len(atom) == 2 and atom not in found:
                waiting.append((atom[0], "", atom[1]))
            found.add(atom)
        return found

    # Figures

    def base(self, like: Period) -> Period:
        """The newest period that the report can speak of: the reporting period, or the newest that has ended."""
        return self.case.period if self.case.period.kind == like.kind else newest_ended(like, self.case.data_as_at)

    def is_due(self, name: str, period: Period) -> bool:
        return period.n + self.case.indicators[name].lag <= self.base(period).n

    def _figure(self, name: str, period: Period) -> Figure:
        indicator = self.case.indicators[name]
        whole = Part().marked(self.whole(name, period))
        names = ["numerator" if indicator.numerator else "value"]
        if indicator.measure != "number":
            names = ["value", "numerator", "denominator"]
        parts = {part: self.part(name, part, period) for part in names}
        breaks = whole.breaks or any(part.breaks for part in parts.values())
        if indicator.since and indicator.since > period.end:
            return Figure(period, state=NEW)
        if indicator.until and indicator.until < period.start:
            return Figure(period, state=ENDED)
        statuses = whole.statuses or frozenset().union(*(part.statuses for part in parts.values()))
        figure = Figure(period, status=min(statuses, default=""), breaks=breaks)
        hidden = (name, period) in self.hidden or any(self.atom(name, part, period) in self.hidden for part in names)
        if whole.is_marked:
            return replace(figure, state=whole.state)
        if hidden or any(part.state == CONFIDENTIAL for part in parts.values()):
            return replace(figure, state=CONFIDENTIAL)
        return self._computed(figure, indicator, parts)

    def _computed(self, figure: Figure, indicator: Indicator, parts: Mapping[str, Part]) -> Figure:
        """Numerator over denominator, or else the value that is typed."""
        if indicator.measure == "number":
            (only,) = parts.values()
            if only.number is not None:
                return replace(figure, value=only.number, numerator=only.number)
            return replace(figure, state=self._missing(indicator, figure.period, [only]))
        typed, above, below = (parts[part] for part in ("value", "numerator", "denominator"))
        counts = replace(figure, numerator=above.number, denominator=below.number)
        if above.number is None or below.number is None:
            if typed.number is not None:
                return replace(counts, value=typed.number)
            return replace(figure, state=self._missing(indicator, figure.period, [above, below, typed]))
        if below.number == 0:
            return replace(counts, state="N/A")
        return replace(counts, value=above.number / below.number * indicator.factor)

    def _missing(self, indicator: Indicator, period: Period, parts: Sequence[Part]) -> str:
        """Why the first part that says why is missing, or else that nothing is due or there."""
        blank = BLANK if self.is_due(indicator.id, period) else NOT_DUE
        return next((part.state for part in parts if part.number is None and part.state != BLANK), blank)

    def text(self, name: str, figure: Figure) -> str:
        """As a table's cell prints it."""
        indicator = self.case.indicators[name]
        if figure.value is None:
            return figure.state
        text = indicator.printed(figure.value)
        if figure.numerator is not None and indicator.shows != "value":
            counts = [figure.numerator]
            if indicator.shows == "fraction" and figure.denominator is not None:
                counts.append(figure.denominator)
            text += f" ({'/'.join(rounded(count, 0) for count in counts)})"
        return f"{text} ({figure.status})" if figure.status else text

    def direction(self, name: str, period: Period) -> str:
        now, before = self.figure(name, period), self.figure(name, period.back(1))
        if now.value is None or before.value is None:
            return "not compared"
        if now.breaks:
            return "not comparable"
        return "up" if now.value > before.value else "down" if now.value < before.value else "same"

    # Tables

    def _kind(self, name: str) -> Period:
        """Any period of the kind that an indicator has figures of."""
        indicator = self.case.indicators[name]
        if indicator.frequency == "year" and self.year_kinds(name) == {"calendar"}:
            return Period("calendar", 0)
        return Period(indicator.frequency, 0, self.case.terms if indicator.frequency == "term" else TERMS)

    def year_kinds(self, name: str) -> set[str]:
        """The kinds of years that an indicator's own rows have entries for, or else those that it refers to."""
        kinds = {p.kind for (n, _, p), typed in self.case.cells.items() if n == name and typed is not None}
        if kinds or name in self.case.series:
            return kinds
        indicator = self.case.indicators[name]
        sources = [source.partition("/")[0] for source in (indicator.numerator, indicator.denominator) if source]
        return {kind for source in sources for kind in self.year_kinds(source)}

    def tables(self, section: Sequence[str]) -> list[list[str]]:
        """The indicators of each table of a section."""
        groups: dict[tuple[str, str], list[str]] = {}
        for name in section:
            indicator, like = self.case.indicators[name], self.kind(name)
            base = self.base(like)
            if indicator.until:
                last = next(p for p in (base.back(k) for k in range(-3, 99)) if p.start <= indicator.until)
                if last.n + indicator.lag < base.n:
                    continue
            groups.setdefault((like.kind, indicator.cumulative), []).append(name)
        return list(groups.values())

    def newest(self, names: Sequence[str]) -> Period:
        """The newest column of a table."""
        base = self.base(self.kind(names[0]))
        if base.kind == self.case.period.kind:
            return base
        lag = min(self.case.indicators[name].lag for name in names)
        period = base
        while period.n > base.n - lag and not any(self.has_figure(name, period) for name in names):
            period = period.back(1)
        return period

    def has_figure(self, name: str, period: Period) -> bool:
        return self.figure(name, period).state not in (NOT_DUE, NEW, ENDED) and (
            self.figure(name, period).value is not None or self.figure(name, period).state != BLANK
        )

    def columns(self, names: Sequence[str]) -> list[Period]:
        newest = self.newest(names)
        frequency = self.case.indicators[names[0]].frequency
        return [newest.back(-offset) for offset in self.case.offsets[frequency]]

    @cached_property
    def printed_benchmarks(self) -> dict[tuple[str, str], Benchmark]:
        """Those that are published, and not of a period that ends after the report's."""
        published = (b for b in self.case.benchmarks if b.value != "N/A")
        ends = {"17-20": date(2020, 3, 31), "2020/21": date(2021, 3, 31), "March 2022": date(2022, 3, 31)}
        by_then = {text for text, end in ends.items() if end <= self.case.period.end} | {""}
        return {
            (b.indicator, b.comparator): b for b in published if (b.period or self.case.benchmark_period) in by_then
        }

    def comparators(self, names: Sequence[str]) -> list[str]:
        known = self.printed_benchmarks
        return [c for c, always in self.case.comparators.items() if always or any((n, c) in known for n in names)]

    def benchmark(self, name: str, comparator: str) -> str:
        found = self.printed_benchmarks.get((name, comparator))
        if found is None:
            return "N/A"
        indicator = self.case.indicators[name]
        text = rounded(Fraction(found.value), self._benchmark_decimals(indicator)) + indicator.sign
        other = found.period if found.period != self.case.benchmark_period else ""
        notes = [note for note in (other, found.status if found.status == "provisional" else "") if note]
        return f"{text} ({', '.join(notes)})" if notes else text

    def stance(self, name: str, comparator: str, newest: Period) -> str:
        """Where the newest figure that is due, or there before it is, stands: at the benchmark's decimals."""
        found, figure = self.printed_benchmarks.get((name, comparator)), self.figure(name, newest)
        while figure.state in (NOT_DUE, ENDED):
            figure = self.figure(name, figure.period.back(1))
        if found is None or figure.value is None:
            return "N/A"
        decimals = self._benchmark_decimals(self.case.indicators[name])
        ours, theirs = (rounded(value, decimals) for value in (figure.value, Fraction(found.value)))
        return "equal" if ours == theirs else "higher" if figure.value > Fraction(found.value) else "lower"

    def _benchmark_decimals(self, indicator: Indicator) -> int:
        if indicator.benchmark_decimals is not None:
            return indicator.benchmark_decimals
        return 0 if indicator.measure == "number" else 1

    def year_to_date(self, name: str, newest: Period) -> str:
        """Numerators over denominators, or numbers, from the year's first period on."""
        indicator = self.case.indicators[name]
        begins = 3 if indicator.cumulative == "financial-year" else 8
        if newest.kind == "term" and indicator.cumulative == "academic-year":
            begins = newest.terms[0][1] - 1
        first = newest
        while first.span[0] % 12 != begins:
            first = first.back(1)
        every = [self.figure(name, newest.back(k)) for k in range(newest.n - first.n, -1, -1)]
        begins = [k for k, figure in enumerate(every) if figure.breaks or (k and every[k - 1].state == NEW)]
        begun = max(begins, default=0)
        figures = every[begun:]
        if any(figure.state == CONFIDENTIAL for figure in figures):
            return CONFIDENTIAL
        last = max((k for k, figure in enumerate(figures) if adds_up(figure)), default=-1)
        added, missing = figures[: last + 1], figures[last + 1 :]
        if not added:
            states = {figure.state for figure in missing}
            return next((state for state in (NOT_DUE, ENDED, NEW) if state in states <= {NOT_DUE, ENDED, state}), BLANK)
        if not all(map(adds_up, added)):
            return BLANK
        above = sum((figure.numerator or Fraction() for figure in added), Fraction())
        below = sum((figure.denominator or Fraction() for figure in added), Fraction())
        total = Figure(newest, numerator=above, denominator=below)
        if indicator.measure == "number":
            total = replace(total, value=above)
        elif below:
            total = replace(total, value=above / below * indicator.factor)
        else:
            return "N/A"
        notes = [f"from {added[0].period.label}"] if begun else []
        notes += [f"to {added[-1].period.label}"] if missing else []
        return self.text(name, total) + (f" ({' '.join(notes)})" if notes else "")

    def given_away(self, named: Iterable[str]) -> set[str]:
        """Confidential parts of totals that the rest would tell; tags print what is `named` too."""
        printed = {*named, *(name for section in self.case.sections for name in section)}
        found = set()
        for whole, parts in self.case.totals:
            for period in {p for name, _, p in self.case.cells if name == whole}:
                figures = [(name, self.figure(name, period)) for name in (whole, *parts)]
                hidden = [name for name, figure in figures if figure.state == CONFIDENTIAL]
                known = [name for name, figure in figures if figure.value is not None and name in printed]
                if len(hidden) == 1 and len(known) == len(parts):
                    found.add(f"{hidden[0]} {period.label}")
        return found

    # Tags

    def table_of(self, name: str, section: int) -> list[str]:
        """The table that a tag in a section's text speaks of: that section's, or the first that has the indicator."""
        sections = [self.case.sections[section], *self.case.sections]
        return next((t for each in sections for t in self.tables(each) if name in t), [name])

    def tag(self, name: str, section: int, call: str, argument: object, attribute: str) -> str:
        """What `indicator(name).call(argument).attribute` prints; raises Refused."""
        newest = self.newest(self.table_of(name, section))
        if call in ("previous", "year_ago"):
            then = newest.back(1 if call == "previous" else newest.a_year)
            if attribute not in ("direction", "period") and self.is_broken(name, then, newest):
                return "not comparable"
            return self.attribute(name, self.figure(name, then), attribute)
        if call in ("now", "at"):
            then = argument if isinstance(argument, Period) else newest
            return self.attribute(name, self.figure(name, then), attribute)
        if call == "benchmark":
            return self.benchmark(name, str(argument))
        if isinstance(argument, Period):
            return self.change(name, argument, newest)
        assert isinstance(argument, int)
        figures = [self.figure(name, newest.back(back)) for back in range(argument - 1, -1, -1)]
        known = [figure for figure in figures if figure.value is not None]
        is_hidden = any(figure.state == CONFIDENTIAL for figure in figures)
        if not known or is_hidden or self.is_broken(name, figures[0].period, newest):
            raise Refused
        if call == "mean":
            if len(known) < argument or attribute == "direction":
                raise Refused
            return self.attribute(name, mean(known), attribute)
        best = (max if call == "peak" else min)(figure.value or Fraction() for figure in known)
        return self.attribute(name, [figure for figure in known if figure.value == best][-1], attribute)

    def change(self, name: str, since: Period, newest: Period) -> str:
        now, then, indicator = self.figure(name, newest), self.figure(name, since), self.case.indicators[name]
        if now.value is None or then.value is None or self.is_broken(name, since, newest):
            raise Refused
        text = replace(indicator, measure="number", decimals=self._decimals(indicator)).printed(now.value - then.value)
        return f"{text} percentage points" if indicator.measure == "percentage" else text

    def _decimals(self, indicator: Indicator) -> int:
        return DECIMALS[indicator.measure] if indicator.decimals is None else indicator.decimals

    def is_broken(self, name: str, since: Period, newest: Period) -> bool:
        return any(self.figure(name, newest.back(k)).breaks for k in range(newest.n - since.n))

    def attribute(self, name: str, figure: Figure, attribute: str) -> str:
        if attribute == "period":
            return figure.period.label
        if attribute == "direction":
            return self.direction(name, figure.period)
        if figure.value is None or not attribute:
            return self.text(name, figure)
        if attribute == "value":
            return self.case.indicators[name].printed(figure.value)
        count = figure.numerator if attribute == "count" else figure.denominator
        if count is None:
            raise Refused
        return rounded(count, 0)


def adds_up(figure: Figure) -> bool:
    """Whether a figure can be part of a year to date: 0/0 can."""
    return figure.value is not None or figure.state == "N/A"


def mean(figures: Sequence[Figure]) -> Figure:
    """The arithmetic mean, of counts too where all have one."""
    counts = [figure.numerator for figure in figures if figure.numerator is not None]
    values = [figure.value for figure in figures if figure.value is not None]
    count = sum(counts, Fraction()) / len(counts) if len(counts) == len(figures) else None
    return Figure(figures[-1].period, sum(values, Fraction()) / len(values), numerator=count)
