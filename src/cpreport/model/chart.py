"""A chart as values: every edition draws it, writes it as a table and describes it from these alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from cpreport.model.figure import State
from cpreport.model.working import Basis, ShownFigure


class ChartKind(Enum):
    """LINES go over time; BARS lie, one for each category; COLUMNS stand, several beside each other or STACKED."""

    LINES = "lines"
    BARS = "bars"
    COLUMNS = "columns"
    STACKED = "stacked"


class SeriesRole(Enum):
    """What a series is, so that an edition can tell it apart without colours.

    FIGURES are ours. MEAN and LIMIT are lines of a control chart. MARKED are single points of another series that stand
    out, without a line between them.
    """

    FIGURES = "figures"
    COMPARATOR = "comparator"
    TARGET = "target"
    MEAN = "mean"
    LIMIT = "limit"
    MARKED = "marked"


class Point(NamedTuple):
    """A figure in a chart, in the printed unit; `value` is None where there is none, and `state` says why.

    `text` is what tables print. A provisional one is drawn hollow; where the series `breaks` its line begins anew.
    `basis` says which figure it is and how its number comes about; None where the series has no point.
    """

    value: Fraction | None
    text: str
    state: State = State.PRESENT
    is_provisional: bool = False
    breaks: bool = False
    basis: Basis | None = None


class ChartSeries(NamedTuple):
    """Points in the order of the chart's categories, as many as there are categories. `name` labels the series."""

    name: str
    points: tuple[Point, ...]
    role: SeriesRole = SeriesRole.FIGURES


@dataclass(frozen=True, slots=True)
class Chart:
    """`categories` are periods as columns print them, or the names of categories or authorities.

    `dates` are the last days of periods, empty where categories are not periods. `unit` is that of all values, as the
    type of measure says it, `decimals` how many an axis or label prints and `suffix` what follows it, such as `%`.
    `caption` is what stands beside its number, `description` the alternative text, `remarks` what stands below it, or
    empty. `name` is what a reference calls it, empty where nothing refers to it; `anchor` is the name that links to it
    have, or empty. `marked` is the category that stands out in bars: our own; None where none does. `shown` are figures
    of the caption that are not points.
    """

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    unit: str
    decimals: int
    suffix: str
    caption: str
    description: str
    name: str = ""
    dates: tuple[date, ...] = ()
    marked: int | None = None
    line: int = field(default=0, compare=False)
    anchor: str = ""
    remarks: str = ""
    shown: tuple[ShownFigure, ...] = field(default=(), compare=False)
